import { wireName } from "@sockscope/catalog/protocol";
import { CONNECT_ATTEMPTS, type ConnectOutcome, type ConnectTrigger } from "@sockscope/catalog/runtime";
import type { Sink } from "@sockscope/sdk";
import type { Measurements, Tone } from "./measurements.ts";

/** An attempt whose outcome the SDK has not counted yet. */
interface OpenAttempt {
  readonly entryId: number;
  /** Undefined until its socket opens. */
  readonly connectMs?: number;
}

/**
 * Lists connect attempts, each in one entry that becomes its outcome. What an attempt counts as, and why it was made, only the
 * SDK knows, and decides later than its socket opens: so this is one of its sinks. A page makes one attempt at a time.
 */
export class WatchedAttempts implements Sink {
  readonly #measurements: Measurements;
  #current: OpenAttempt | undefined;

  constructor(measurements: Measurements) {
    this.#measurements = measurements;
  }

  /** An attempt has come to a socket. */
  begin(): void {
    this.#current = {
      entryId: this.#measurements.addEvent("Attempt begun", CONNECT_ATTEMPTS.name, "neutral"),
    };
  }

  /** Its socket opened; whether that counts as a connection is decided at its first frame, or some time after. */
  opened(connectMs: number): void {
    if (this.#current === undefined) return;
    this.#current = { ...this.#current, connectMs };
    const title = `Attempt open after ${connectMs} ms, not decided yet`;
    this.#measurements.changeEvent(this.#current.entryId, title, "neutral");
  }

  /** The SDK has counted something; of an attempt that came to no socket, this is all there is. */
  counted(series: string): void {
    const [name, outcome, trigger] = series.split("/");
    if (name !== wireName(CONNECT_ATTEMPTS.name)) return;
    const decided = { outcome: outcome as ConnectOutcome, trigger: trigger as ConnectTrigger };
    const entryId =
      this.#current?.entryId ?? this.#measurements.addEvent("", CONNECT_ATTEMPTS.name, "neutral");
    const title = titleOf(decided, this.#current?.connectMs);
    this.#measurements.changeEvent(entryId, title, toneOf(decided.outcome));
    this.#current = undefined;
  }
}

interface Decided {
  readonly outcome: ConnectOutcome;
  readonly trigger: ConnectTrigger;
}

/** In the words of the labels, so that they are found in the collector's numbers. */
function titleOf({ outcome, trigger }: Decided, connectMs: number | undefined): string {
  const after = connectMs === undefined ? "" : ` after ${connectMs} ms`;
  return `Attempt ${outcome}${after}, ${trigger}`;
}

function toneOf(outcome: ConnectOutcome): Tone {
  if (outcome === "opened") return "good";
  return outcome === "aborted" ? "neutral" : "bad";
}
