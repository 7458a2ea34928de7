import type { RefusalCode } from "@sockscope/catalog/protocol";
import type { RefusedSample } from "../collector-options.ts";
import type { RequestRefused } from "../ingest/request-refused.ts";

/** Of each app and code, at most one refusal is told about in this time. */
export const REFUSED_AGAIN_MS = 60_000;

/** What is known of the refusals of one app and code. */
export interface RefusalRecord {
  readonly app: string;
  readonly code: RefusalCode;
  readonly count: number;
  /** When the last one was, in ms since the epoch. */
  readonly lastAt: number;
  readonly lastMessage: string;
}

/** What a {@link RefusalLog} works with. */
export interface RefusalLogOptions {
  readonly onRefused: (sample: RefusedSample) => void;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** Milliseconds since the epoch. */
  readonly wallClock: () => number;
}

interface Entry extends RefusalRecord {
  count: number;
  lastAt: number;
  lastMessage: string;
  suppressed: number;
  /** By the monotonic clock. */
  toldAt: number;
}

/** Why requests are refused, in samples: as many entries as there are apps and codes, whatever is sent. */
export class RefusalLog {
  readonly #options: RefusalLogOptions;
  readonly #byApp = new Map<string, Map<RefusalCode, Entry>>();

  constructor(options: RefusalLogOptions) {
    this.#options = options;
  }

  /**
   * Keeps a refusal as the last of its app and code, and tells about it unless another was told about just now.
   *
   * @param app a configured app, or `other`
   */
  note(app: string, { code, messageForLog }: RequestRefused): void {
    const entry = this.#entry(app, code);
    entry.count += 1;
    entry.lastAt = this.#options.wallClock();
    entry.lastMessage = messageForLog;
    const now = this.#options.clock();
    if (now - entry.toldAt < REFUSED_AGAIN_MS) {
      entry.suppressed += 1;
      return;
    }
    const { suppressed } = entry;
    entry.toldAt = now;
    entry.suppressed = 0;
    this.#options.onRefused({ event: "refused", app, code, message: messageForLog, suppressed });
  }

  /** What was refused so far. */
  get records(): RefusalRecord[] {
    return [...this.#byApp.values()].flatMap((codes) =>
      [...codes.values()].map(({ app, code, count, lastAt, lastMessage }) => ({
        app,
        code,
        count,
        lastAt,
        lastMessage,
      })),
    );
  }

  #entry(app: string, code: RefusalCode): Entry {
    const codes = this.#byApp.get(app) ?? new Map<RefusalCode, Entry>();
    this.#byApp.set(app, codes);
    const entry = codes.get(code) ?? newEntry(app, code);
    codes.set(code, entry);
    return entry;
  }
}

function newEntry(app: string, code: RefusalCode): Entry {
  return { app, code, count: 0, lastAt: 0, lastMessage: "", suppressed: 0, toldAt: Number.NEGATIVE_INFINITY };
}
