import { KEEP_ALIVE_MS } from "./protocol.ts";

/*
 * The times that decide what counts. They are part of a metric's meaning: who changes one, changes what a panel says.
 */

/** An attempt is decided as opened when its connection has been up this long, in ms, without a frame from the server. */
export const STABLE_UPTIME_MS = 5_000;

/** An attempt that is still connecting after this long, in ms, is counted as timed out. */
export const CONNECT_TIMEOUT_MS = 20_000;

/**
 * A page that gives up an attempt after it has waited so long, in ms, does it because nothing comes: the time-outs of clients
 * are shorter than ours.
 */
export const PATIENCE_MS = 3_000;

/**
 * A peer that is there answers a close frame, or hangs up. Where neither comes for so long, in ms, the page closed what was gone
 * already, as a client does whose heartbeat stayed away.
 */
export const UNANSWERED_CLOSE_MS = 1_500;

/** A connection that dies this long after the network was gone, or the machine slept, in ms, dies of that: TCP is slow to notice. */
export const AFTERMATH_MS = 30_000;

/**
 * A connection that said nothing since the machine woke and dies within this, in ms, died in its sleep: TCP sends again for minutes
 * before it says so.
 */
export const WAKE_AFTERMATH_MS = 300_000;

/** A client that makes no attempt for this long, in ms, while it could, has given up, whether it says so or not. */
export const SILENT_GIVE_UP_MS = 120_000;

/** A session that keeps failing with the same code is counted as affected once in this time, in ms. */
export const AFFECTED_AGAIN_MS = 600_000;

/** A session has fallen silent this long after its last batch, in ms: one keep-alive may be lost, and the next be late. */
export const SESSION_SILENCE_MS: number = 2.5 * KEEP_ALIVE_MS;
