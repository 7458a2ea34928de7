import {
  type AuthMethod,
  type Catalog,
  type ClientFrameEvent,
  type CloseCodeLabel,
  type CloseReason,
  documentedIn,
  domainValues,
  isAppName,
  type LabelDomain,
  type Metric,
  ROUTE,
  SERVER_CLOSES,
  SERVER_CONNECTION_DURATION,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
  type ServerFrameEvent,
} from "@sockscope/catalog";
import {
  type LiveCounter,
  type LiveGauge,
  type LiveHistogram,
  liveCounter,
  liveGauge,
  liveHistogram,
  type MetricHome,
} from "./catalog-metric.ts";
import { type CloseCause, usualCloseCauses } from "./close-cause.ts";
import { InvalidAppError } from "./invalid-app-error.ts";
import { InvalidRoutesError } from "./invalid-routes-error.ts";

/** The catalog's server metrics in one registry, told in the words of what happens on a server. */
export class ServerMetrics {
  readonly #active: LiveGauge<{ route: string }>;
  readonly #opened: LiveCounter<{ route: string; auth_method: AuthMethod }>;
  readonly #closes: LiveCounter<{ code: CloseCodeLabel; reason: CloseReason }>;
  readonly #duration: LiveHistogram;
  readonly #sent: LiveCounter<{ event: ServerFrameEvent }>;
  readonly #received: LiveCounter<{ event: ClientFrameEvent }>;
  readonly #catalog: Catalog;

  /**
   * @param home a registry that does not have the metrics yet, and the value of the label `app`; throws an
   *   {@link InvalidAppError} when it cannot be one
   * @param routes the values of the label `route`; throws an {@link InvalidRoutesError} when they cannot be
   */
  constructor(home: MetricHome, routes: readonly string[]) {
    if (!isAppName(home.app)) throw new InvalidAppError(home.app);
    requireUsableRoutes(routes);
    this.#catalog = home.catalog;
    const known = { route: routes };
    this.#active = liveGauge(SERVER_CONNECTIONS_ACTIVE, home, known);
    this.#opened = liveCounter(SERVER_CONNECTIONS_OPENED, home, known);
    this.#closes = liveCounter(SERVER_CLOSES, home);
    this.#duration = liveHistogram(SERVER_CONNECTION_DURATION, home);
    this.#sent = liveCounter(SERVER_FRAMES_SENT, home);
    this.#received = liveCounter(SERVER_FRAMES_RECEIVED, home);
    this.#createExpectedSeries(routes);
  }

  /** A connection was accepted. */
  opened(route: string, authMethod: string): void {
    this.#active.add({ route }, 1);
    this.#opened.add({ route, auth_method: authMethod });
  }

  /** A connection is over. */
  closed(route: string, cause: CloseCause, durationSeconds: number): void {
    this.#active.add({ route }, -1);
    this.#closes.add({ code: this.#catalog.closeCodeLabel(cause.code), reason: cause.reason });
    this.#duration.observe(durationSeconds);
  }

  /** A frame was handed to a socket. */
  sent(event: string): void {
    this.#sent.add({ event });
  }

  /** A frame came in. */
  received(event: string): void {
    this.#received.add({ event });
  }

  /** `rate()` misses the event that creates a series, so series that any server will have begin at zero. */
  #createExpectedSeries(routes: readonly string[]): void {
    for (const route of routes) {
      this.#active.add({ route }, 0);
      for (const auth_method of this.#valuesOf(SERVER_CONNECTIONS_OPENED, "auth_method"))
        this.#opened.add({ route, auth_method }, 0);
    }
    for (const { code, reason } of usualCloseCauses(this.#catalog))
      this.#closes.add({ code: this.#catalog.closeCodeLabel(code), reason }, 0);
    for (const event of this.#valuesOf(SERVER_FRAMES_SENT, "event")) this.#sent.add({ event }, 0);
    for (const event of this.#valuesOf(SERVER_FRAMES_RECEIVED, "event")) this.#received.add({ event }, 0);
  }

  #valuesOf(metric: Metric, label: string): readonly string[] {
    const { labels } = documentedIn(this.#catalog.serverMetrics, metric).metric;
    return domainValues(label, (labels as Record<string, LabelDomain>)[label] ?? [], {});
  }
}

function requireUsableRoutes(routes: readonly string[]): void {
  if (routes.length > ROUTE.top) {
    throw new InvalidRoutesError(
      `at most ${ROUTE.top} routes have a series of their own; merge some`,
      routes,
    );
  }
  // prom-client joins a series' label values with commas, so a comma could make two series one.
  if (routes.some((route) => route === "" || route.includes(","))) {
    throw new InvalidRoutesError(
      "a route must not be empty or contain a comma; give it a plain name",
      routes,
    );
  }
}
