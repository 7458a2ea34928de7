import {
  type Catalog,
  type Counter,
  documentedIn,
  domainValues,
  type FrameRefusal,
  type LabelDomain,
  type LabelSet,
  type Metric,
  type RehydrationOutcome,
  SERVER_CLOSES,
  SERVER_CONNECTION_AGE,
  SERVER_CONNECTION_DURATION,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_REFUSED,
  SERVER_FRAMES_SENT,
  SERVER_HANDSHAKES_REJECTED,
  SERVER_MESSAGE_DELIVERY,
  SERVER_RECONNECT_ADVICE,
  SERVER_REHYDRATION_DURATION,
  SERVER_REHYDRATIONS,
  SERVER_SEND_BUFFER,
  SERVER_SEND_ERRORS,
  type SendError,
} from "@sockscope/catalog";
import { type CloseCause, usualCloseCauses } from "../connection/close-cause.ts";
import { FrameCounter } from "./frame-counter.ts";
import { type Labels, LiveCounter } from "./live-counter.ts";
import { LiveHistogram } from "./live-histogram.ts";
import type { MetricsHome } from "./metrics-home.ts";
import type { OpenConnections } from "./open-connections.ts";
import type { Sample } from "./samples.ts";

/** The catalog's server metrics of one process, told in the words of what happens on a server. */
export class ServerMetrics {
  readonly #catalog: Catalog;
  readonly #opened: LiveCounter<{ route: string; auth_method: string }>;
  readonly #rejected: LiveCounter<{ status: string; credentials: string }>;
  readonly #closes: LiveCounter<{ code: string; reason: string }>;
  readonly #duration: LiveHistogram;
  readonly #refused: LiveCounter<{ reason: string }>;
  readonly #sendErrors: LiveCounter<{ reason: string }>;
  readonly #delivery: LiveHistogram;
  readonly #advice: LiveCounter<{ code: string }>;
  readonly #rehydrations: LiveCounter<{ outcome: string }>;
  readonly #rehydrationDuration: LiveHistogram;
  /** By metric, what its lines are. */
  readonly #samples: ReadonlyMap<Metric, () => Sample[]>;
  /** Frames handed to sockets. */
  readonly sent: FrameCounter;
  /** Frames that came in. */
  readonly received: FrameCounter;

  constructor({ app, catalog, routes }: MetricsHome, open: OpenConnections) {
    const counter = <L extends LabelSet>(metric: Counter<L>): LiveCounter<Record<keyof L, string>> =>
      new LiveCounter(documentedIn(catalog.serverMetrics, metric).metric as Counter<L>, app, {
        route: routes,
      });
    this.#catalog = catalog;
    this.#opened = counter(SERVER_CONNECTIONS_OPENED);
    this.#rejected = counter(SERVER_HANDSHAKES_REJECTED);
    this.#closes = counter(SERVER_CLOSES);
    this.#duration = new LiveHistogram(SERVER_CONNECTION_DURATION, app);
    this.sent = new FrameCounter(counter(SERVER_FRAMES_SENT), this.#valuesOf(SERVER_FRAMES_SENT, "event"));
    this.received = new FrameCounter(
      counter(SERVER_FRAMES_RECEIVED),
      this.#valuesOf(SERVER_FRAMES_RECEIVED, "event"),
    );
    this.#refused = counter(SERVER_FRAMES_REFUSED);
    this.#sendErrors = counter(SERVER_SEND_ERRORS);
    this.#delivery = new LiveHistogram(SERVER_MESSAGE_DELIVERY, app);
    this.#advice = counter(SERVER_RECONNECT_ADVICE);
    this.#rehydrations = counter(SERVER_REHYDRATIONS);
    this.#rehydrationDuration = new LiveHistogram(SERVER_REHYDRATION_DURATION, app);
    this.#createExpectedSeries(routes);
    this.#samples = new Map<Metric, () => Sample[]>([
      [SERVER_CONNECTIONS_ACTIVE, () => open.active()],
      [SERVER_CONNECTIONS_OPENED, () => this.#opened.samples()],
      [SERVER_HANDSHAKES_REJECTED, () => this.#rejected.samples()],
      [SERVER_CLOSES, () => this.#closes.samples()],
      [SERVER_CONNECTION_DURATION, () => this.#duration.samples()],
      [SERVER_CONNECTION_AGE, () => open.ages()],
      [SERVER_FRAMES_SENT, () => this.sent.samples()],
      [SERVER_FRAMES_RECEIVED, () => this.received.samples()],
      [SERVER_FRAMES_REFUSED, () => this.#refused.samples()],
      [SERVER_SEND_ERRORS, () => this.#sendErrors.samples()],
      [SERVER_MESSAGE_DELIVERY, () => this.#delivery.samples()],
      [SERVER_RECONNECT_ADVICE, () => this.#advice.samples()],
      [SERVER_REHYDRATIONS, () => this.#rehydrations.samples()],
      [SERVER_REHYDRATION_DURATION, () => this.#rehydrationDuration.samples()],
      [SERVER_SEND_BUFFER, () => open.buffered()],
    ]);
  }

  /** Every metric with its lines now, by the metric's name. */
  samples(): Record<string, Sample[]> {
    return Object.fromEntries(Array.from(this.#samples, ([{ name }, read]) => [name, read()]));
  }

  /** A connection was accepted. */
  opened(route: string, authMethod: string): void {
    this.#opened.count({ route, auth_method: authMethod });
  }

  /** An upgrade was answered with an HTTP error. */
  handshakeRejected(status: number, hasCredentials: boolean): void {
    this.#rejected.count({ status: String(status), credentials: hasCredentials ? "present" : "absent" });
  }

  /** A connection is over. */
  closed(cause: CloseCause, durationSeconds: number): void {
    this.#closes.count({ code: this.#catalog.closeCodeLabel(cause.code), reason: cause.reason });
    this.#duration.observe(durationSeconds);
  }

  /** A frame was answered with an error. */
  refused(reason: FrameRefusal): void {
    this.#refused.count({ reason });
  }

  /** A frame could not be handed to its socket. */
  notSent(reason: SendError): void {
    this.#sendErrors.count({ reason });
  }

  /** A message was written this long after it was accepted. Before it was: by another machine's clock, which says nothing. */
  delivered(seconds: number): void {
    if (seconds >= 0) this.#delivery.observe(seconds);
  }

  /** A peer was told when to come back. */
  advised(code: number): void {
    this.#advice.count({ code: String(code) });
  }

  /** A connection got its thread's state, or did not. */
  rehydrated(outcome: RehydrationOutcome): void {
    this.#rehydrations.count({ outcome });
  }

  /** A connection got its thread's state this long after it had asked for it. */
  rehydratedIn(seconds: number): void {
    this.#rehydrationDuration.observe(seconds);
  }

  /** `rate()` misses the event that creates a series, so series that any server will have begin at zero. */
  #createExpectedSeries(routes: readonly string[]): void {
    for (const route of routes)
      for (const auth_method of this.#valuesOf(SERVER_CONNECTIONS_OPENED, "auth_method"))
        this.#opened.series({ route, auth_method });
    for (const { code, reason } of usualCloseCauses(this.#catalog))
      this.#closes.series({ code: this.#catalog.closeCodeLabel(code), reason });
    for (const status of this.#valuesOf(SERVER_HANDSHAKES_REJECTED, "status"))
      for (const credentials of this.#valuesOf(SERVER_HANDSHAKES_REJECTED, "credentials"))
        this.#rejected.series({ status, credentials });
    this.#createAll(this.#refused, SERVER_FRAMES_REFUSED, "reason");
    this.#createAll(this.#sendErrors, SERVER_SEND_ERRORS, "reason");
    this.#createAll(this.#advice, SERVER_RECONNECT_ADVICE, "code");
    this.#createAll(this.#rehydrations, SERVER_REHYDRATIONS, "outcome");
  }

  #createAll<Name extends string>(
    counter: LiveCounter<Record<Name, string>>,
    metric: Metric,
    label: Name,
  ): void {
    for (const value of this.#valuesOf(metric, label))
      counter.series({ [label]: value } as Labels<Record<Name, string>>);
  }

  #valuesOf(metric: Metric, label: string): readonly string[] {
    const { labels } = documentedIn(this.#catalog.serverMetrics, metric).metric;
    return domainValues(label, (labels as Record<string, LabelDomain>)[label] ?? [], {});
  }
}
