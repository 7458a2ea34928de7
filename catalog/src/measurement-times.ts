import { KEEP_ALIVE_MS } from "./protocol.ts";

/*
 * The times that decide what counts. They are part of a metric's meaning: who changes one, changes what a panel says.
 */

/** An attempt is decided as opened when its connection has been up this long, in ms, without a frame from the server. */
export const STABLE_UPTIME_MS = 5_000;

/** An attempt that is still connecting after this long, in ms, is counted as timed out. */
export const CONNECT_TIMEOUT_MS = 20_000;

/** A session that keeps failing with the same code is counted as affected once in this time, in ms. */
export const AFFECTED_AGAIN_MS = 600_000;

/** A session has fallen silent this long after its last batch, in ms: one keep-alive may be lost, and the next be late. */
export const SESSION_SILENCE_MS: number = 2.5 * KEEP_ALIVE_MS;
