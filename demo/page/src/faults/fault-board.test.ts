import { answerFaultRequest, type FaultState, FaultsClientError, Switchboard } from "@sockscope/demo/faults";
import type { FaultsClient } from "@sockscope/demo/faults/client";
import { beforeEach, describe, expect, it } from "vitest";
import { FaultBoard } from "./fault-board.ts";
import { isOn, problemOf } from "./fault-state.ts";

let nowMs: number;
let isCut: boolean;
let tasks: { run: () => void; delayMs: number }[];
let switchboard: Switchboard;
let board: FaultBoard;

const schedule = (run: () => void, delayMs: number): (() => void) => {
  tasks.push({ run, delayMs });
  return () => {
    tasks = tasks.filter((task) => task.run !== run);
  };
};

/** As over HTTP; of a network that is cut nothing comes back, though what was asked may be done. */
async function ask(method: string, id?: string, body?: unknown): Promise<unknown> {
  if (isCut) throw new TypeError("Failed to fetch");
  const answer = answerFaultRequest(switchboard, { method, id, body });
  if (answer.status !== 200)
    throw new FaultsClientError(answer.status, answer.body as { code: string; message: string });
  isCut = switchboard.active("cut_network") !== undefined;
  if (isCut) throw new TypeError("Failed to fetch");
  return answer.body;
}

beforeEach(async () => {
  nowMs = 1_000_000;
  isCut = false;
  tasks = [];
  switchboard = new Switchboard({ schedule: () => () => {}, now: () => nowMs });
  const client: FaultsClient = {
    list: async () => ((await ask("GET")) as { faults: readonly FaultState[] }).faults,
    turnOn: async (id, wishes) => (await ask("POST", id, wishes)) as FaultState,
    turnOff: async (id) => (await ask("DELETE", id)) as FaultState,
  };
  board = new FaultBoard({ client, now: () => nowMs, schedule, isSeen: () => true });
  board.follow();
  await asked();
});

/** Until what was asked is answered. */
async function asked(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** The next time that the board asks by itself. */
async function goOn(): Promise<void> {
  const task = tasks.pop();
  nowMs += task?.delayMs ?? 0;
  task?.run();
  await asked();
}

const active = (): readonly string[] =>
  board
    .snapshot()
    .faults.filter((fault) => isOn(fault, nowMs))
    .map(({ id }) => id);
const problem = () => problemOf(board.snapshot(), nowMs);

describe("the switchboard on the page", () => {
  it("turns a fault on with its parameter, counts its time by itself, and turns it off", async () => {
    await board.turnOn("overload", { retryAfterMs: 7_000 });
    expect(switchboard.active("overload")).toEqual({ retryAfterMs: 7_000 });
    expect(active()).toEqual(["overload"]);
    await board.turnOff("overload");
    expect([active(), switchboard.active("overload")]).toEqual([[], undefined]);
  });

  it("shows what others turned on when it asks again", async () => {
    switchboard.turnOn("restart", 20, { spreadMs: 1 });
    await goOn();
    expect(active()).toEqual(["restart"]);
  });

  it("has a fault end at its time though nobody says so", async () => {
    await board.turnOn("overload", {});
    nowMs += 30_000;
    expect(active()).toEqual([]);
  });

  it("says of a parameter that is refused what it may be, at its field, and nothing at the top", async () => {
    await board.turnOn("overload", { retryAfterMs: -1 });
    expect(active()).toEqual([]);
    expect(problem()).toBeUndefined();
    expect(board.snapshot().refusal).toEqual({
      id: "overload",
      text: "Give a number from 0 to 300000.",
      parameter: "retryAfterMs",
    });
  });

  it.each([
    ["is edited", () => board.forgetRefusal()],
    ["is accepted", () => board.turnOn("overload", {})],
    [
      "is turned on by somebody else",
      () => {
        switchboard.turnOn("overload", 20, { retryAfterMs: 1 });
        return goOn();
      },
    ],
  ])("says so until it %s", async (_what, happen) => {
    await board.turnOn("overload", { retryAfterMs: Number.NaN });
    expect(board.snapshot().refusal).toBeDefined();
    await happen();
    expect(board.snapshot().refusal).toBeUndefined();
  });

  it("tells in the switchboard's words what else that refuses", async () => {
    await board.turnOn("stop_redis", {});
    expect(active()).toEqual([]);
    expect(problem()?.text).toMatch(/^Refused: stop_redis breaks nothing here.*DEMO_ERR_FAULT_UNAVAILABLE/);
  });
});

describe("the switchboard behind a network that is cut", () => {
  it("shows the fault that cuts it as on though no answer comes, and says why nothing can be switched", async () => {
    await board.turnOn("cut_network", {});
    expect(active()).toEqual(["cut_network"]);
    expect(problem()).toEqual({ text: expect.stringContaining("Cut the network"), isExpected: true });
    await board.turnOn("overload", {});
    await board.turnOff("cut_network");
    expect(active()).toEqual(["cut_network"]);
  });

  it("is as it is when the network is back", async () => {
    await board.turnOn("cut_network", {});
    nowMs += 11_000;
    expect(problem()).toEqual({ text: expect.stringContaining("does not answer"), isExpected: false });
    switchboard.turnOff("cut_network");
    isCut = false;
    await goOn();
    expect([active(), problem()]).toEqual([[], undefined]);
  });

  it("takes nothing for on that it could not ask for", async () => {
    isCut = true;
    await board.turnOn("overload", {});
    expect(active()).toEqual([]);
    expect(problem()).toMatchObject({ isExpected: false });
  });
});
