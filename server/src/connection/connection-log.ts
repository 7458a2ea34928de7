interface ConnectionIdentity {
  readonly route: string;
  /** Random; the same on every line of a connection. */
  readonly correlation_id: string;
  /** Absent until the connection has joined a thread. */
  readonly thread_id?: string;
}

/** One line of the structured log. It holds no text that a peer chose, except the thread's id as the application set it. */
export type ConnectionLogLine =
  | (ConnectionIdentity & { readonly event: "connect"; readonly auth_method: string })
  | (ConnectionIdentity & {
      readonly event: "close";
      readonly code: number;
      readonly reason: string;
      readonly duration_seconds: number;
    })
  | (ConnectionIdentity & { readonly event: "error"; readonly message: string })
  | (ConnectionIdentity & { readonly event: TroubleEvent; readonly reason: string })
  | { readonly event: "reject"; readonly status: number; readonly credentials: "present" | "absent" };

/**
 * Trouble of a connection that goes on: it has a line for the first of each kind. A frame was answered with an error, a frame could
 * not be handed to the socket, or the thread could not be brought back.
 */
export type TroubleEvent = "refused" | "not_sent" | "not_rehydrated";

/** A logger with levels, as `pino` and those that are like it. */
export interface LeveledLog {
  info(line: ConnectionLogLine): void;
  warn(line: ConnectionLogLine): void;
}

/** Takes one line. What it throws is dropped: a full disk under the log must not end a connection. */
export type ConnectionLog = ((line: ConnectionLogLine) => void) | LeveledLog;

/** Closes that somebody has to look at. */
const WARNED_REASONS: readonly string[] = ["internal_error", "overload", "slow_consumer", "other"];

/** Lines of this kind are warnings, whatever they say. Frames that are refused and handshakes are what anybody may cause. */
const WARNED_EVENTS: readonly ConnectionLogLine["event"][] = ["error", "not_sent", "not_rehydrated"];

/** One function that writes a line and never throws. */
export function harmlessLog(log: ConnectionLog): (line: ConnectionLogLine) => void {
  const write = typeof log === "function" ? log : (line: ConnectionLogLine) => log[levelOf(line)](line);
  return (line) => {
    try {
      // One that writes asynchronously gives a promise, whose failure nobody else would take.
      Promise.resolve(write(line)).catch(() => {});
    } catch {
      // Nowhere left to report it.
    }
  };
}

function levelOf(line: ConnectionLogLine): keyof LeveledLog {
  if (WARNED_EVENTS.includes(line.event)) return "warn";
  return line.event === "close" && WARNED_REASONS.includes(line.reason) ? "warn" : "info";
}
