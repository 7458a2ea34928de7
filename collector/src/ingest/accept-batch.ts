import type { BatchResult } from "@sockscope/catalog";
import { MAX_BATCH_AGE_MS } from "@sockscope/catalog/protocol";
import type { CollectorState } from "../collector-state.ts";
import { sessionKey } from "../sessions/session-key.ts";
import type { Sender } from "./check-sender.ts";
import { parseBatch } from "./parse-batch.ts";
import { RequestRefused } from "./request-refused.ts";
import { resolveBatch } from "./resolve-batch.ts";

/**
 * Counts a batch exactly once.
 *
 * @returns whether this was the first copy
 * @throws RequestRefused when it counts nothing and leaves its number free
 */
export function acceptBatch(
  state: CollectorState,
  { app, session, release }: Sender,
  body: string,
): Exclude<BatchResult, "refused"> {
  const { sessions } = state;
  const { registry, reported, counters } = state.series;
  const batch = parseBatch(body);
  const source = { app: app.position, release: state.positionOf(release) };
  const resolved = resolveBatch(batch, reported, source);
  const key = sessionKey(session);
  const admission = sessions.admit(app.position, key, batch.seq, batch.closedMsAgo);
  if (admission === "too_old") throw tooOld(batch.closedMsAgo);
  if (admission === "full") throw sessionsFull();
  if (admission === "duplicate") {
    counters.countDuplicate(app.name);
    return admission;
  }
  const reportedIncrements = registry.checked(resolved);
  const ownIncrements = registry.checked(
    counters.ofAccepted(app.name, resolved.measurements, resolved.leftOut),
  );
  // Nothing below can fail or wait, so the number and its increments are counted together.
  sessions.commit(source, key, batch.seq, batch.leaving);
  registry.apply(reportedIncrements);
  registry.apply(ownIncrements);
  return "accepted";
}

function tooOld(ageMs: number): RequestRefused {
  const problem =
    ageMs > MAX_BATCH_AGE_MS
      ? `the batch is ${ageMs} ms old; the oldest that is accepted has ${MAX_BATCH_AGE_MS}`
      : "seq is further behind the session's newest than the deduplication window reaches";
  return new RequestRefused("SOCKSCOPE_ERR_TOO_OLD", `${problem}; count it as lost`);
}

function sessionsFull(): RequestRefused {
  return new RequestRefused(
    "SOCKSCOPE_ERR_SESSIONS_FULL",
    "no room for another session; try again later, or give the collector more sessions (--max-sessions)",
  );
}
