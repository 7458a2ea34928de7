import { getHeapStatistics } from "node:v8";
import type { Recording } from "./recording.ts";

const TIMES = 50_000;

/** The young generation takes more than that before anything in it is collected, whose going would hide what came. */
const ROOM_BYTES = 24 * 1024 * 1024;

const collectGarbage = (globalThis as { gc?: () => void }).gc;

/**
 * Bytes that recording once allocates on V8's heap, garbage included.
 *
 * @param times how often to record, after a warm-up
 */
export function allocatedBytes({ record }: Recording, times: number): number {
  if (!collectGarbage) throw new Error("Garbage has to be collected on demand: run Node with --expose-gc.");
  for (let round = 0; round < 20; round++) record(TIMES);
  let bytes = 0;
  let room = 0;
  for (let done = 0; done < times; done += TIMES) {
    if (room <= 0) {
      collectGarbage();
      room = ROOM_BYTES;
    }
    // To look allocates, too.
    const grown = grownBy(() => record(TIMES)) - grownBy(() => {});
    bytes += grown;
    room -= grown;
  }
  return bytes / times;
}

function grownBy(action: () => void): number {
  const before = getHeapStatistics().used_heap_size;
  action();
  return getHeapStatistics().used_heap_size - before;
}
