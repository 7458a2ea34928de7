import { beforeEach, describe, expect, it } from "vitest";
import { answerFaultRequest, type FaultRequest } from "./fault-requests.ts";
import { FAULT_IDS, FAULTS } from "./faults.ts";
import { Switchboard } from "./switchboard.ts";

let nowMs: number;
let tasks: Map<() => void, number>;
let switchboard: Switchboard;

beforeEach(() => {
  nowMs = 1_000;
  tasks = new Map();
  const schedule = (run: () => void, delayMs: number) => {
    tasks.set(run, nowMs + delayMs);
    return () => tasks.delete(run);
  };
  switchboard = new Switchboard({ schedule, now: () => nowMs });
});

function pass(seconds: number): void {
  nowMs += seconds * 1000;
  for (const [run, atMs] of [...tasks]) {
    if (atMs > nowMs || !tasks.delete(run)) continue;
    run();
  }
}

function ask(request: Partial<FaultRequest>) {
  return answerFaultRequest(switchboard, { method: "POST", id: "overload", body: undefined, ...request });
}

describe("a fault", () => {
  it("is there for as long as was asked, with its parameters, and then no more", () => {
    ask({ body: { seconds: 10, retryAfterMs: 7 } });
    expect(switchboard.active("overload")).toEqual({ retryAfterMs: 7 });
    pass(9.999);
    expect(switchboard.remainingSeconds("overload")).toBeCloseTo(0.001);
    pass(0.001);
    expect(switchboard.active("overload")).toBeUndefined();
    expect(switchboard.remainingSeconds("overload")).toBe(0);
  });

  it("lasts longer when it is asked for again, and never shorter", () => {
    ask({ body: { seconds: 10 } });
    pass(6);
    ask({ body: { seconds: 10 } });
    expect(switchboard.remainingSeconds("overload")).toBe(10);
    ask({ body: { seconds: 1 } });
    expect(switchboard.remainingSeconds("overload")).toBe(10);
    pass(10);
    expect(switchboard.active("overload")).toBeUndefined();
  });

  it.each(FAULT_IDS)("%s can be asked for an hour at the most, so that nobody has to remember it", (id) => {
    expect(FAULTS[id].maxSeconds).toBeLessThanOrEqual(3_600);
    expect(FAULTS[id].defaultSeconds).toBeLessThanOrEqual(FAULTS[id].maxSeconds);
  });

  it("lasts no longer than it may from now, even when the clock went back", () => {
    ask({ body: { seconds: 10 } });
    nowMs -= 3_600_000;
    ask({ body: { seconds: 10 } });
    expect(switchboard.remainingSeconds("overload")).toBe(FAULTS.overload.maxSeconds);
  });

  it("is undone at once when that is asked, whether it is there or not", () => {
    ask({});
    expect(ask({ method: "DELETE" })).toMatchObject({ status: 200, body: { isOn: false } });
    expect(ask({ method: "DELETE" })).toMatchObject({ status: 200, body: { isOn: false } });
    expect(tasks.size).toBe(0);
  });

  it("does not end another", () => {
    ask({ body: { seconds: 5 } });
    ask({ id: "cut_network", body: { seconds: 10 } });
    pass(5);
    expect(switchboard.active("cut_network")).toEqual({});
    expect(switchboard.active("overload")).toBeUndefined();
  });

  it("is told to listeners when it begins, changes and ends, until they go", () => {
    const told: string[] = [];
    const stop = switchboard.onChange((id) => told.push(`${id} ${switchboard.active(id) !== undefined}`));
    ask({ body: { seconds: 5 } });
    pass(5);
    stop();
    ask({});
    expect(told).toEqual(["overload true", "overload false"]);
  });

  it("ends with all others when the demo does", () => {
    for (const id of FAULT_IDS) ask({ id });
    switchboard.end();
    expect(FAULT_IDS.filter((id) => switchboard.active(id))).toEqual([]);
    expect(tasks.size).toBe(0);
  });
});

describe("a request", () => {
  it("for the list is answered with every fault, what it does and how it is", () => {
    ask({ body: { seconds: 30 } });
    const { body } = ask({ method: "GET", id: undefined }) as { body: { faults: readonly object[] } };
    expect(body.faults).toHaveLength(FAULT_IDS.length);
    expect(body.faults).toContainEqual({
      ...FAULTS.overload,
      id: "overload",
      metricThatMoves: 'ws_closes_total{code="1013",reason="overload"}',
      isOn: true,
      remainingSeconds: 30,
      values: { retryAfterMs: FAULTS.overload.parameters.retryAfterMs.default },
    });
  });

  it.each([
    [404, "DEMO_ERR_FAULT_UNKNOWN", { id: "sudo" }],
    [404, "DEMO_ERR_FAULT_UNKNOWN", { id: "__proto__" }],
    [404, "DEMO_ERR_FAULT_UNKNOWN", { id: undefined }],
    [409, "DEMO_ERR_FAULT_UNAVAILABLE", { id: "stop_redis" }],
    [400, "DEMO_ERR_FAULT_METHOD", { method: "PUT" }],
    [400, "DEMO_ERR_FAULT_BODY", { body: "nonsense" }],
    [400, "DEMO_ERR_FAULT_BODY", { body: [] }],
    [400, "DEMO_ERR_FAULT_SECONDS", { body: { seconds: 0 } }],
    [400, "DEMO_ERR_FAULT_SECONDS", { body: { seconds: "10" } }],
    [400, "DEMO_ERR_FAULT_SECONDS", { body: { seconds: FAULTS.overload.maxSeconds + 1 } }],
    [400, "DEMO_ERR_FAULT_PARAMETER", { body: { share: 1 } }],
    [400, "DEMO_ERR_FAULT_PARAMETER", { body: { retryAfterMs: -1 } }],
    [400, "DEMO_ERR_FAULT_PARAMETER", { body: { retryAfterMs: 503.7 } }],
    [400, "DEMO_ERR_FAULT_PARAMETER", { body: { retryAfterMs: Number.NaN } }],
    [400, "DEMO_ERR_FAULT_PARAMETER", { body: JSON.parse('{"__proto__":1}') }],
  ])("is refused with %d and %s, and changes nothing, when it is %o", (status, code, request) => {
    expect(ask(request)).toEqual({ status, body: { code, message: expect.stringMatching(/./) } });
    expect(FAULT_IDS.filter((id) => switchboard.active(id))).toEqual([]);
  });
});

describe("a fault of what a chat may do without", () => {
  const stopRedis = () => ask({ method: "GET", id: "stop_redis" }).body;

  it("tells what to do where the chat does without, and is like any other where it does not", () => {
    expect(stopRedis()).toMatchObject({ remedy: expect.stringContaining("REDIS_URL=") });
    switchboard.provide("redis");
    expect(stopRedis()).not.toHaveProperty("remedy");
    expect(ask({ id: "stop_redis" })).toMatchObject({ status: 200, body: { isOn: true } });
  });
});
