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
  | (ConnectionIdentity & { readonly event: "error"; readonly message: string });

/** Takes one line. What it throws is dropped: a full disk under the log must not end a connection. */
export type ConnectionLog = (line: ConnectionLogLine) => void;

/** Wraps a log so that it never throws. */
export function harmlessLog(log: ConnectionLog): ConnectionLog {
  return (line) => {
    try {
      log(line);
    } catch {
      // Nowhere left to report it.
    }
  };
}
