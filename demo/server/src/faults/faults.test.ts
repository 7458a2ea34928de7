import { FAULT_IDS, FAULTS, type FaultId } from "@sockscope/demo/faults";
import { afterEach, describe, expect, it } from "vitest";
import { startRedis, type TestRedis } from "../testing/redis-server.test-support.ts";
import {
  DELAY_MESSAGES,
  DUPLICATE_MESSAGES,
  LOSE_MESSAGES,
  OMIT_IN_REPLY_TO,
} from "./testing/message-scenes.test-support.ts";
import {
  CUT_NETWORK,
  HALF_OPEN,
  IDLE_TIMEOUT,
  LIFETIME_LIMIT,
  STALL_NETWORK,
} from "./testing/network-scenes.test-support.ts";
import { closeStage, openStage, type Scene, type Stage, sumOf, works } from "./testing/scene.test-support.ts";
import {
  CONSUMER_ERROR,
  OVERLOAD,
  RESTART,
  SLOW_CONSUMER,
  STOP_REDIS,
} from "./testing/server-scenes.test-support.ts";
import { BREAK_REFRESH, EXPIRE_TOKENS, FORBID_HANDSHAKE } from "./testing/session-scenes.test-support.ts";

/** A fault without a scene does not compile. */
const SCENES: Readonly<Record<FaultId, Scene>> = {
  expire_tokens: EXPIRE_TOKENS,
  break_refresh: BREAK_REFRESH,
  forbid_handshake: FORBID_HANDSHAKE,
  consumer_error: CONSUMER_ERROR,
  overload: OVERLOAD,
  restart: RESTART,
  slow_consumer: SLOW_CONSUMER,
  stop_redis: STOP_REDIS,
  cut_network: CUT_NETWORK,
  stall_network: STALL_NETWORK,
  half_open: HALF_OPEN,
  idle_timeout: IDLE_TIMEOUT,
  lifetime_limit: LIFETIME_LIMIT,
  delay_messages: DELAY_MESSAGES,
  lose_messages: LOSE_MESSAGES,
  duplicate_messages: DUPLICATE_MESSAGES,
  omit_in_reply_to: OMIT_IN_REPLY_TO,
};

let stage: Stage;
let redis: TestRedis | undefined;
afterEach(async () => {
  await closeStage(stage);
  await redis?.close();
  redis = undefined;
});

describe.each(FAULT_IDS)("the fault %s", (id) => {
  it("shows users what the list says, moves its metric, and is over after its time", async () => {
    const { needsRedis, values = {}, before: prepare, during, after = works } = SCENES[id];
    redis = needsRedis && (await startRedis());
    stage = await openStage(redis);
    await prepare?.(stage);
    const { metricThatMoves, metricThatStays, defaultSeconds } = FAULTS[id];
    const before = await sumOf(metricThatMoves, stage);
    const { isOn, remainingSeconds } = await stage.faults.turnOn(id, values);
    expect(isOn).toBe(true);
    expect(remainingSeconds).toBeGreaterThan(defaultSeconds - 1);
    await during(stage);
    expect(await sumOf(metricThatMoves, stage)).toBeGreaterThan(before);
    if (metricThatStays !== undefined) expect(await sumOf(metricThatStays, stage)).toBe(0);
    stage.demo.time.advance(defaultSeconds * 1000);
    expect((await stage.faults.list()).filter((fault) => fault.isOn)).toEqual([]);
    await after(stage);
  });
});
