import { describe, expect, it } from "vitest";
import type { RefusedSample } from "../collector-options.ts";
import { RequestRefused } from "../ingest/request-refused.ts";
import { REFUSED_AGAIN_MS, RefusalLog } from "./refusal-log.ts";

function createLog() {
  const time = { now: 1000 };
  const told: RefusedSample[] = [];
  const log = new RefusalLog({
    onRefused: (sample) => told.push(sample),
    clock: () => time.now,
    wallClock: () => time.now,
  });
  return { log, time, told };
}

const KEY = new RequestRefused("SOCKSCOPE_ERR_KEY", "there is no key");
const BATCH = new RequestRefused("SOCKSCOPE_ERR_BATCH", 'line 2 is "x"', "line 2 is a text of 1");

describe("RefusalLog", () => {
  it("tells of the first of an app and code, and of the next when a minute has passed", () => {
    const { log, time, told } = createLog();
    for (const ms of [0, 1, REFUSED_AGAIN_MS - 2, 1, 1]) {
      time.now += ms;
      log.note("chat", KEY);
    }
    const sample = { event: "refused", app: "chat", code: KEY.code, message: KEY.message };
    expect(told).toEqual([
      { ...sample, suppressed: 0 },
      { ...sample, suppressed: 2 },
    ]);
  });

  it("tells of each app and of each code by itself", () => {
    const { log, told } = createLog();
    log.note("chat", KEY);
    log.note("chat", BATCH);
    log.note("other", KEY);
    expect(told.map(({ app, code }) => [app, code])).toEqual([
      ["chat", KEY.code],
      ["chat", BATCH.code],
      ["other", KEY.code],
    ]);
  });

  it("keeps the count and the last of each, without anything of a body", () => {
    const { log, time } = createLog();
    log.note("chat", new RequestRefused(BATCH.code, "earlier"));
    time.now += 5;
    log.note("chat", BATCH);
    expect(log.records).toEqual([
      {
        app: "chat",
        code: BATCH.code,
        count: 2,
        lastAt: 1005,
        lastMessage: "line 2 is a text of 1",
      },
    ]);
  });
});
