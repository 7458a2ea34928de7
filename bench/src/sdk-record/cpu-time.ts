import { median } from "../median.ts";
import type { Recording } from "./recording.ts";

const ROUNDS = 9;
/** Below the protocol's `MAX_DELTA`, up to which a bucket counts. */
const TIMES = 500_000;

/** CPU time of recording once, garbage collection included, in ns: of each recording the median of rounds that alternate. */
export async function cpuTimes(recordings: readonly Recording[]): Promise<number[]> {
  for (const recording of recordings) await round(recording);
  const rounds: number[][] = recordings.map(() => []);
  for (let at = 0; at < ROUNDS; at++)
    for (const [index, recording] of recordings.entries()) rounds[index]?.push(await round(recording));
  return rounds.map(median);
}

async function round({ record, take }: Recording): Promise<number> {
  const before = process.cpuUsage();
  record(TIMES);
  const { user, system } = process.cpuUsage(before);
  await take();
  return ((user + system) * 1_000) / TIMES;
}
