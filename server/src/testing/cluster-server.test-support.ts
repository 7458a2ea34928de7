import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const SERVER = fileURLToPath(new URL("./cluster-server.mjs", import.meta.url));

/** What the primary tells. */
interface Told {
  readonly metrics?: number;
  readonly worker?: number;
  readonly pid?: number;
  readonly port?: number;
  readonly done?: string;
  readonly gone?: number;
}

/** A worker that takes connections on a port of its own. */
export interface ClusterWorker {
  readonly worker: number;
  readonly pid: number;
  readonly port: number;
}

/** A real cluster, in processes of its own, which ends with the test. */
export interface ClusterServer {
  /** One more worker. */
  fork(): Promise<ClusterWorker>;
  /** Has a worker do something, and waits until it has done it. */
  order(worker: ClusterWorker, order: string, how?: object): Promise<void>;
  /** Has a worker end by itself. */
  leave(worker: ClusterWorker): Promise<void>;
  /** Ends a worker with SIGKILL, and waits until the primary knows. */
  kill(worker: ClusterWorker): Promise<void>;
  /** Every series of the sum, by name and labels. */
  scrape(): Promise<ReadonlyMap<string, number>>;
}

/** @param timeoutMs how long a scrape waits for a worker */
export async function clusterServer(timeoutMs = 10_000): Promise<ClusterServer> {
  const primary = fork(SERVER, { execArgv: [], env: { ...process.env, TIMEOUT_MS: String(timeoutMs) } });
  const pids = new Set<number>();
  onTestFinished(async () => {
    const over = new Promise((resolve) => primary.once("exit", resolve));
    primary.kill("SIGKILL");
    await over;
    // A worker that is stopped would not notice that its primary is gone.
    for (const pid of pids) killIfThere(pid);
  });
  const told = tellings(primary);
  const { metrics } = await told((message) => message.metrics !== undefined);
  return {
    fork: async () => {
      primary.send({ order: "fork" });
      const forked = (await told(({ port }) => port !== undefined)) as ClusterWorker;
      pids.add(forked.pid);
      return forked;
    },
    order: async ({ worker }, order, how = {}) => {
      primary.send({ order, worker, ...how });
      await told(({ done }) => done === order);
    },
    leave: async ({ worker }) => {
      primary.send({ order: "leave", worker });
      await told(({ gone }) => gone === worker);
    },
    kill: async ({ worker, pid }) => {
      process.kill(pid, "SIGKILL");
      pids.delete(pid);
      await told(({ gone }) => gone === worker);
    },
    scrape: async () => seriesOf(await (await fetch(`http://127.0.0.1:${metrics}`)).text()),
  };
}

/** Gives each message of the primary to whoever waits for one like it; one that came before is not lost. */
function tellings(primary: ChildProcess): (isIt: (message: Told) => boolean) => Promise<Told> {
  const unread: Told[] = [];
  const waiting = new Set<() => void>();
  primary.on("message", (message: Told) => {
    unread.push(message);
    for (const look of [...waiting]) look();
  });
  return (isIt) =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = unread.findIndex(isIt);
        if (found === -1) return;
        waiting.delete(look);
        resolve(unread.splice(found, 1)[0] ?? {});
      };
      waiting.add(look);
      look();
    });
}

function seriesOf(exposition: string): ReadonlyMap<string, number> {
  const lines = exposition.split("\n").filter((text) => text !== "" && !text.startsWith("#"));
  return new Map(
    lines.map((text) => [
      text.slice(0, text.lastIndexOf(" ")),
      Number(text.slice(text.lastIndexOf(" ") + 1)),
    ]),
  );
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone with its primary.
  }
}
