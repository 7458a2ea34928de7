import { wireName } from "@sockscope/catalog/protocol";
import { TELEMETRY_LOST } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import type { LifecycleEvent } from "../host.ts";
import { createRecorder } from "../record/recorder.ts";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { takenLines } from "../testing/test-page.test-support.ts";
import { followPage } from "./page-life.ts";

function setUp(failing?: string) {
  const host = new FakeHost();
  const recorder = createRecorder();
  const told: string[] = [];
  const part = (name: string) => () => {
    told.push(name);
    if (name === failing) throw new Error("fault of a part");
  };
  const unfollow = followPage(host, recorder, {
    thaw: part("thaw"),
    conditionsChanged: part("conditions"),
    hide: part("hide"),
    leave: part("leave"),
    comeBack: part("comeBack"),
  });
  const live = async (...events: readonly LifecycleEvent[]) => {
    for (const event of events) await host.emit(event);
    return told.filter((name) => name !== "thaw" && name !== "conditions");
  };
  return { host, recorder, told, unfollow, live };
}

describe("the life of a page", () => {
  it.each<[string, readonly LifecycleEvent[], readonly string[]]>([
    ["is closed or left for another", ["pagehide", "hidden"], ["leave"]],
    ["is hidden, and then closed", ["hidden", "pagehide"], ["hide", "leave"]],
    [
      "goes into the cache and back",
      ["pagehide", "hidden", "pageshow", "visible"],
      ["leave", "comeBack", "comeBack"],
    ],
    [
      "goes into the cache, is frozen there, and comes back",
      ["pagehide", "hidden", "freeze", "resume", "pageshow"],
      ["leave", "comeBack", "comeBack"],
    ],
    [
      "is hidden, frozen and resumed",
      ["hidden", "freeze", "resume", "visible"],
      ["hide", "leave", "comeBack", "comeBack"],
    ],
    ["is frozen twice", ["freeze", "resume", "freeze"], ["leave", "comeBack", "leave"]],
    ["is hidden and seen", ["hidden", "visible"], ["hide", "comeBack"]],
    ["loses its network", ["offline"], []],
    ["has a network again", ["offline", "online"], ["comeBack"]],
  ])("is told to its parts when it %s", async (_, events, told) => {
    expect(await setUp().live(...events)).toEqual(told);
  });

  it("has the network looked at first, whatever happens", async () => {
    for (const event of [
      "hidden",
      "visible",
      "freeze",
      "resume",
      "pagehide",
      "pageshow",
      "online",
      "offline",
    ] as const) {
      const { live, told } = setUp();
      await live(event);
      const isThere = !["pagehide", "freeze", "hidden", "offline"].includes(event);
      const first = isThere ? ["thaw", "conditions"] : ["conditions"];
      expect(told.slice(0, first.length), event).toEqual(first);
      expect(
        told.filter((name) => name === "conditions"),
        event,
      ).toHaveLength(1);
    }
  });

  it.each(["thaw", "conditions", "hide", "leave", "comeBack"])(
    "goes on when %s fails, which is counted",
    async (failing) => {
      const { host, live, recorder, told } = setUp(failing);
      await expect(live("hidden", "pagehide", "pageshow")).resolves.toEqual(["hide", "leave", "comeBack"]);
      expect(host.subscribers.size).toBe(1);
      const faults = told.filter((name) => name === failing).length;
      expect(takenLines(recorder)).toEqual([`${wireName(TELEMETRY_LOST.name)}/internal ${faults}`]);
    },
  );

  it("is told no more when nobody follows it", async () => {
    const { live, unfollow, host } = setUp();
    unfollow();
    expect(await live("hidden", "pagehide", "pageshow")).toEqual([]);
    expect(host.subscribers.size).toBe(0);
  });

  it("is not followed where the host tells of nothing", () => {
    const host = new FakeHost();
    host.subscribe = () => {
      throw new Error("no events");
    };
    const recorder = createRecorder();
    const nothing = () => {};
    const parts = {
      thaw: nothing,
      conditionsChanged: nothing,
      hide: nothing,
      leave: nothing,
      comeBack: nothing,
    };
    expect(() => followPage(host, recorder, parts)()).not.toThrow();
    expect(takenLines(recorder)).toEqual([`${wireName(TELEMETRY_LOST.name)}/internal 1`]);
  });
});
