import type { datadogRum } from "@datadog/browser-rum";
import { wireName } from "@sockscope/catalog/protocol";
import { CLOSES, CONNECT_ATTEMPTS, CONNECTION_DURATION } from "@sockscope/catalog/runtime";
import { mustBe } from "../must-be.ts";
import type { Sink } from "../record/sink.ts";
import { createSnapshots } from "../snapshot/snapshots.ts";
import { createAllowance } from "./allowance.ts";

/** Options of {@link datadog}. */
export interface DatadogOptions {
  /**
   * How many events a page may send at once, and regains in a minute; of the rest only the number is sent. A number from
   * 1. Default: {@link MAX_EVENTS_PER_MINUTE}.
   */
  readonly maxEventsPerMinute?: number;
  /** The wall clock, in ms since the epoch. Default: the browser's. */
  readonly wallClock?: () => number;
}

/** How many events a page may send at once, and regains in a minute: a client that loops would send some hundreds. */
export const MAX_EVENTS_PER_MINUTE = 30;

/**
 * A sink that tells Datadog RUM of each close and each decided attempt as an action, and of each connection that ended as a
 * duration vital. What RUM throws, `start` says, once.
 *
 * @param given `datadogRum` of `@datadog/browser-rum` or of its slim package; undefined, as where a blocker removed its script, is
 *   told nothing
 * @throws TypeError with the code `SOCKSCOPE_ERR_OPTIONS` when it is neither, or an option cannot work
 */
export function datadog(
  given: Pick<typeof datadogRum, "addAction" | "addDurationVital"> | undefined,
  { maxEventsPerMinute = MAX_EVENTS_PER_MINUTE, wallClock = Date.now }: DatadogOptions = {},
): Sink {
  if (given === undefined) return {};
  const rum = given;
  const isRum = typeof rum?.addAction === "function" && typeof rum.addDurationVital === "function";
  const isEnough = Number.isFinite(maxEventsPerMinute) && maxEventsPerMinute >= 1;
  mustBe("datadog: RUM", rum, isRum, "datadogRum, with addAction and addDurationVital");
  mustBe("datadog: the option maxEventsPerMinute", maxEventsPerMinute, isEnough, "a number from 1");
  const remembered = createSnapshots();
  const tell = createTeller(createAllowance(maxEventsPerMinute, wallClock));

  function counted(series: string, by: number): void {
    remembered.counted?.(series, by);
    const last = (of: "closes" | "attempts") => remembered.snapshot()[of].at(-1);
    if (isOf(CLOSES, series)) tell(last("closes"), (close) => rum.addAction("websocket_close", close));
    else if (isOf(CONNECT_ATTEMPTS, series))
      tell(last("attempts"), (attempt) => rum.addAction("websocket_attempt", attempt));
  }

  function observed(series: string, seconds: number): void {
    remembered.observed?.(series, seconds);
    if (!isOf(CONNECTION_DURATION, series)) return;
    // A connection's close is recorded just before its duration.
    const { closes, p95DurationSeconds } = remembered.snapshot();
    const duration = seconds * 1000;
    tell({ ...closes.at(-1), p95DurationSeconds }, (context) =>
      rum.addDurationVital("websocket_connection", { startTime: wallClock() - duration, duration, context }),
    );
  }

  return { counted, observed };
}

/** Hands on what is allowed, each with how many before it were not. */
function createTeller(mayPass: () => boolean) {
  let leftOut = 0;
  return (event: object | undefined, send: (context: object) => void): void => {
    if (!mayPass()) {
      leftOut++;
      return;
    }
    // RUM has the time of each event itself.
    const websocket = { ...event, ...(leftOut > 0 && { leftOut }), at: undefined };
    send({ websocket });
    leftOut = 0;
  };
}

function isOf({ name }: { readonly name: string }, series: string): boolean {
  return series.split("/", 1).join() === wireName(name);
}
