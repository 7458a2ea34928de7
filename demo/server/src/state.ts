import type { FaultProxy, Switchboard } from "@sockscope/demo/faults";
import type { DemoOptions } from "./demo-options.ts";
import { networkToRedis } from "./faults/broken-network.ts";
import type { Relay } from "./groups/relay.ts";
import type { Health } from "./http/metrics-app.ts";
import { RedisLink } from "./redis/redis-link.ts";
import { RedisRelay } from "./redis/redis-relay.ts";
import { RedisSessions } from "./redis/redis-sessions.ts";
import { RedisThreads } from "./redis/redis-threads.ts";
import { type Schedule, scheduleOnTimers } from "./schedule.ts";
import type { SessionRelay } from "./session/session-relay.ts";
import { FileThreads } from "./threads/file-threads.ts";
import { MemoryThreads } from "./threads/memory-threads.ts";
import type { ThreadStore } from "./threads/thread-store.ts";

/** What the chat remembers, and how its processes hear of each other. */
export interface State {
  readonly threads: ThreadStore;
  /** Undefined where a process is alone. */
  readonly relay?: Relay;
  /** Undefined where a process is alone. */
  readonly sessionRelay?: SessionRelay;
  readonly health: () => Health;
  /** Keeps what has to be kept, then ends. */
  close(): Promise<void>;
}

/** What a state is opened with. */
export interface StateOptions extends Pick<DemoOptions, "stateDir" | "redisUrl"> {
  readonly writer: string;
  /** Whether somebody in this process hears a thread. */
  readonly isHeard: (threadId: string) => boolean;
  readonly schedule: Schedule;
  /** The wall clock, in ms since the epoch. */
  readonly now: () => number;
  readonly faults: Switchboard;
  readonly log: (line: object) => void;
  readonly reportError: (error: unknown, correlationId: string) => void;
}

const MAX_THREADS = 1_000;
const REDIS_PORT = 6379;

/** Redis where there is one, else a file where there is a directory for it, else the process's memory. */
export async function openState(options: StateOptions): Promise<State> {
  const { redisUrl, stateDir, schedule, reportError, isHeard } = options;
  if (redisUrl !== undefined) return sharedState(redisUrl, options);
  const threads =
    stateDir === undefined
      ? new MemoryThreads({ maxThreads: MAX_THREADS, isHeard })
      : new FileThreads({
          stateDir,
          maxThreads: MAX_THREADS,
          isHeard,
          schedule,
          reportError: (error) => reportError(error, ""),
        });
  return { threads, health: () => ({ status: "ok", redis: "none" }), close: () => threads.close() };
}

async function sharedState(redisUrl: string, options: StateOptions): Promise<State> {
  const { writer, log, isHeard, now } = options;
  const { url, network } = await breakableRedis(new URL(redisUrl), options);
  // On real timers, whatever times the chat: so does the client itself.
  const link = new RedisLink({ url, schedule: scheduleOnTimers, log });
  // The first pages would be told that their threads are unknown.
  await link.known;
  const threads = new RedisThreads({ link, maxThreads: MAX_THREADS, isHeard, log });
  return {
    threads,
    relay: new RedisRelay(link, writer),
    sessionRelay: new RedisSessions(link, now),
    health: () => ({
      status: link.isUp && threads.isStored ? "ok" : "degraded",
      redis: link.isUp ? "up" : "down",
    }),
    close: async () => {
      await threads.close();
      link.close();
      await network?.close();
    },
  };
}

interface BreakableRedis {
  readonly url: string;
  readonly network?: FaultProxy;
}

/** The way to Redis leads over a proxy that a fault can cut; but for TLS, which no proxy can be in the midst of. */
async function breakableRedis(url: URL, { faults, schedule }: StateOptions): Promise<BreakableRedis> {
  if (url.protocol !== "redis:") return { url: url.href };
  const target = { host: url.hostname, port: Number(url.port || REDIS_PORT) };
  const network = await networkToRedis({ faults, schedule, target, host: "127.0.0.1", port: 0 });
  const proxied = new URL(url);
  proxied.hostname = "127.0.0.1";
  proxied.port = String(network.port);
  return { url: proxied.href, network };
}
