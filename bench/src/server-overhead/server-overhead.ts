import { compareCosts, type Measurement } from "../measurement.ts";
import { median } from "../median.ts";
import { peer } from "../peer.ts";
import { ServerProcess } from "./server-process.ts";

const CONNECTIONS = 50;
const MESSAGES = 1_000;
const ROUNDS = 15;
const IDLE_CONNECTIONS = 9_500;

type Direction = "receiving" | "sending";

/** What the instrumentation costs a server of `ws` that does nothing else: for a message, and for a connection that is idle. */
export async function serverOverhead(report: (measurement: Measurement) => void): Promise<void> {
  const against = `bare ${peer("ws")}`;
  for (const direction of ["receiving", "sending"] as const) {
    const [value, peerValue] = await cpuOf(direction);
    report(
      compareCosts({
        bench: "server-overhead",
        value,
        unit: `us of CPU, ${direction} a message`,
        peer: against,
        peerValue,
      }),
    );
  }
  for (const [unit, bytes] of Object.entries(await idleBytes()))
    report(compareCosts({ bench: "server-overhead", unit, peer: against, ...bytes }));
}

/** CPU time of a message, in us: medians of rounds that alternate. */
async function cpuOf(direction: Direction): Promise<[instrumented: number, bare: number]> {
  const instrumented = await ServerProcess.start("instrumented");
  const bare = await ServerProcess.start("bare");
  await instrumented.connect(CONNECTIONS);
  await bare.connect(CONNECTIONS);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = -3; round < ROUNDS; round++) {
    // Whoever is first finds another machine than who comes after, so they take turns.
    const inTurn = round % 2 === 0 ? [instrumented, bare] : [bare, instrumented];
    for (const server of inTurn) {
      const cpuUs = await server[direction](MESSAGES);
      // The first rounds are for the compiler.
      if (round >= 0) (server === instrumented ? ours : theirs).push(cpuUs);
    }
  }
  await instrumented.stop();
  await bare.stop();
  return [median(ours) / MESSAGES / CONNECTIONS, median(theirs) / MESSAGES / CONNECTIONS];
}

/** Memory of a connection that is open and says nothing. */
async function idleBytes(): Promise<Record<string, { value: number; peerValue: number }>> {
  const [ours, theirs] = [await idleBytesOf("instrumented"), await idleBytesOf("bare")];
  return {
    "B of heap, an idle connection": { value: ours.heap, peerValue: theirs.heap },
    "B of resident memory, an idle connection": { value: ours.resident, peerValue: theirs.resident },
  };
}

async function idleBytesOf(kind: "bare" | "instrumented"): Promise<{ heap: number; resident: number }> {
  const server = await ServerProcess.start(kind);
  await server.connect(500);
  const before = await server.settled();
  await server.connect(IDLE_CONNECTIONS);
  const after = await server.settled();
  await server.stop();
  return {
    heap: (after.heapBytes - before.heapBytes) / IDLE_CONNECTIONS,
    resident: (after.rssBytes - before.rssBytes) / IDLE_CONNECTIONS,
  };
}
