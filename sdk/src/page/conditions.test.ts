import { AFTERMATH_MS } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { createConditions } from "./conditions.ts";
import { createPageClock } from "./page-clock.ts";

function setUp(isOnline = true) {
  const host = new FakeHost();
  host.online = isOnline;
  const clock = createPageClock(host);
  const conditions = createConditions(host, clock);
  const become = (online: boolean) => {
    host.online = online;
    conditions.changed();
  };
  return { host, clock, conditions, become };
}

describe("a page's network", () => {
  it("is as the browser tells when the page starts", () => {
    expect(setUp(true).conditions.isOnline()).toBe(true);
    expect(setUp(false).conditions.isOnline()).toBe(false);
  });

  it("never came back as long as it never went", () => {
    const { conditions } = setUp();
    conditions.changed();
    conditions.changed();
    expect(conditions.backAt()).toBe(-Infinity);
  });

  it("was not back before the page started", () => {
    const { host, conditions, become } = setUp(false);
    expect(conditions.backAt()).toBe(-Infinity);
    host.clock += 5_000;
    become(true);
    expect(conditions.backAt()).toBe(host.clock);
  });

  it("came back at the last change, and not when the browser repeats itself", () => {
    const { host, conditions, become } = setUp();
    become(false);
    host.clock += 10_000;
    become(true);
    const back = host.clock;
    host.clock += 10_000;
    conditions.changed();
    expect(conditions.backAt()).toBe(back);
    become(false);
    host.clock += 10_000;
    become(true);
    expect(conditions.backAt()).toBe(host.clock);
  });

  it("is what a connection died of while it is gone", () => {
    const { clock, conditions, become } = setUp();
    become(false);
    expect(conditions.causeOfClose(clock.now())).toBe("offline");
  });

  it("is what a connection died of that is noticed soon after its return", () => {
    const { host, clock, conditions, become } = setUp();
    become(false);
    host.clock += 60_000;
    become(true);
    expect(conditions.causeOfClose(clock.now() + AFTERMATH_MS)).toBe("offline");
    expect(conditions.causeOfClose(clock.now() + AFTERMATH_MS + 1)).toBe("close");
  });

  it("is what a connection died of that closed before its return", () => {
    const { host, clock, conditions, become } = setUp();
    const closedAt = clock.now();
    become(false);
    host.clock += 60_000;
    become(true);
    expect(conditions.causeOfClose(closedAt)).toBe("offline");
  });
});
