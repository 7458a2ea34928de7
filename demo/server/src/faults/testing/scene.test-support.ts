import { wireName } from "@sockscope/catalog/protocol";
import { type FaultsClient, faultsClient, type Movement } from "@sockscope/demo/faults";
import { expect } from "vitest";
import {
  ChatClient,
  login,
  passUntil,
  startTestDemo,
  type TestDemo,
  THINK_TIME_MS,
} from "../../testing/demo.test-support.ts";
import type { TestRedis } from "../../testing/redis-server.test-support.ts";
import { openSdkUser, type SdkUser } from "../../testing/sdk-user.test-support.ts";

/** What a fault is tried with. */
export interface Stage {
  readonly demo: TestDemo;
  readonly faults: FaultsClient;
  /** The session of a user who has loaded the page. */
  readonly cookie: string;
  /** Somebody who is connected and has said hello before the fault. */
  readonly client: ChatClient;
  /** The same user, with the SDK in the page. */
  readonly user: SdkUser;
  /** Only for faults of it. */
  readonly redis?: TestRedis;
}

/** What a fault does to users. */
export interface Scene {
  /** Values of its parameters. Default: as in the list. */
  readonly values?: Readonly<Record<string, number>>;
  readonly needsRedis?: true;
  /** What there is before it is. */
  before?(stage: Stage): Promise<void>;
  /** While it is on: rejects when users do not see what the list says. */
  during(stage: Stage): Promise<void>;
  /** When it is over: rejects when anything is still broken. Default: {@link works}. */
  after?(stage: Stage): Promise<void>;
}

/** Opens a stage; whoever opens it closes it. */
export async function openStage(redis?: TestRedis): Promise<Stage> {
  const demo = await startTestDemo(redis === undefined ? {} : { redisUrl: redis.url });
  const cookie = await login(demo);
  const client = await ChatClient.connect(demo, cookie);
  await client.hello();
  const user = await openSdkUser(demo, cookie);
  const faults = faultsClient(demo.metricsUrl);
  return { demo, faults, cookie, client, user, ...(redis && { redis }) };
}

/** Ends a stage. */
export async function closeStage({ demo, user }: Stage): Promise<void> {
  await user.close();
  const closed = demo.close();
  await demo.time.run(THINK_TIME_MS);
  await closed;
}

/** Somebody who comes is connected, and is answered. */
export async function works({ demo }: Stage): Promise<void> {
  const client = await ChatClient.connect(demo, await login(demo));
  await client.hello(OTHER_THREAD);
  await ask(demo, client, "works", OTHER_THREAD);
  client.close();
}

/** A thread that nobody else is in. */
const OTHER_THREAD = "0b0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a22";

/** Says something and waits until it is answered. */
export async function ask(
  demo: TestDemo,
  client: ChatClient,
  messageId: string,
  threadId?: string,
): Promise<void> {
  client.say("Hello?", messageId, threadId);
  await client.until("typing");
  await passUntil(demo, client.until("assistant_message"));
}

/** The sum of the series that a fault moves, or leaves where they are. */
export async function sumOf({ by, metric, labels }: Movement, { demo, user }: Stage): Promise<number> {
  if (by === "client") {
    const wanted = [wireName(metric.name), ...Object.values(labels)].join("/");
    return sum([...user.recorded].filter(([series]) => series === wanted));
  }
  const text = await (await fetch(`${demo.metricsUrl}/metrics`)).text();
  const wanted = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return sum(
    text
      .split("\n")
      .filter((line) => line.startsWith(`${metric.name}{`) && wanted.every((label) => line.includes(label)))
      .map((line) => [line, Number(line.slice(line.lastIndexOf(" ")))] as const),
  );
}

function sum(series: readonly (readonly [string, number])[]): number {
  return series.reduce((total, [, value]) => total + value, 0);
}

/** How a handshake is answered that is refused; undefined when it is not. */
export async function handshakeStatus({ demo, cookie }: Stage): Promise<number | undefined> {
  const answer = await ChatClient.connect(demo, cookie).then(
    () => undefined,
    (error: Error) => error.message,
  );
  const [, status] = /(\d{3})$/.exec(answer ?? "") ?? [];
  expect(answer === undefined).toBe(status === undefined);
  return status === undefined ? undefined : Number(status);
}
