import { wireName } from "@sockscope/catalog/protocol";
import { CLOSES, CONNECT_ATTEMPTS } from "@sockscope/catalog/runtime";
import { beforeEach, describe, expect, it } from "vitest";
import { Measurements } from "./measurements.ts";
import { WatchedAttempts } from "./watched-attempts.ts";

let measurements: Measurements;
let attempts: WatchedAttempts;

beforeEach(() => {
  measurements = new Measurements();
  attempts = new WatchedAttempts(measurements);
});

/** The SDK counts an attempt. */
function count(outcome: string, trigger: string): void {
  attempts.counted(`${wireName(CONNECT_ATTEMPTS.name)}/${outcome}/${trigger}`);
}

const entries = () => measurements.snapshot().events.map(({ title, tone }) => [title, tone]);

describe("a connect attempt", () => {
  it("has the name of its metric, and no verdict before it is decided", () => {
    attempts.begin();
    attempts.opened(64);
    expect(entries()).toEqual([["Attempt open after 64 ms, not decided yet", "neutral"]]);
    expect(measurements.snapshot().events[0]?.detail).toBe("ws_client_connect_attempts_total");
  });

  it.each([
    ["opened", "initial", "good"],
    ["dropped", "advice", "bad"],
    ["rejected", "manual", "bad"],
    ["aborted", "backoff", "neutral"],
  ])("that counts as %s with the trigger %s becomes that, where it stands", (outcome, trigger, tone) => {
    attempts.begin();
    attempts.opened(64);
    measurements.addEvent("Received pong", "a metric", "neutral");
    count(outcome, trigger);
    expect(entries()).toEqual([
      ["Received pong", "neutral"],
      [`Attempt ${outcome} after 64 ms, ${trigger}`, tone],
    ]);
  });

  it("that never opened has no time", () => {
    attempts.begin();
    count("failed", "backoff");
    expect(entries()).toEqual([["Attempt failed, backoff", "bad"]]);
  });

  it("that came to no socket is listed when it counts, and changes none before it", () => {
    attempts.begin();
    attempts.opened(64);
    count("opened", "initial");
    count("failed", "token_refresh");
    expect(entries()).toEqual([
      ["Attempt failed, token_refresh", "bad"],
      ["Attempt opened after 64 ms, initial", "good"],
    ]);
  });

  it("is not what else is counted", () => {
    attempts.begin();
    attempts.counted(`${wireName(CLOSES.name)}/1000/opened/page`);
    expect(entries()).toEqual([["Attempt begun", "neutral"]]);
  });
});
