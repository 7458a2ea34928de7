import { wireName } from "@sockscope/catalog/protocol";
import { type ConnectionState, PAGE_RELOADS } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { createRecorder } from "../record/recorder.ts";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { takenLines } from "../testing/test-page.test-support.ts";
import { createReloads } from "./reloads.ts";
import { createTabMemory } from "./tab-memory.ts";

/** The next page of a tab. */
function nextPage(host: FakeHost, app = "chat") {
  const recorder = createRecorder();
  const reloads = createReloads(
    recorder,
    host,
    createTabMemory(host, app, () => true),
  );
  reloads.count();
  return { reloads, counted: takenLines(recorder) };
}

describe("reloads", () => {
  it("are counted once, as soon as the tab may be asked", () => {
    const host = new FakeHost();
    nextPage(host).reloads.leave("gave_up");
    host.reload = true;
    let isAllowed = false;
    const recorder = createRecorder();
    const reloads = createReloads(
      recorder,
      host,
      createTabMemory(host, "chat", () => isAllowed),
    );
    reloads.count();
    expect(takenLines(recorder)).toEqual([]);
    isAllowed = true;
    reloads.count();
    reloads.leave("rejected");
    reloads.count();
    expect(takenLines(recorder)).toEqual([`${wireName(PAGE_RELOADS.name)}/gave_up 1`]);
  });

  it("say nothing that somebody else put into the tab", () => {
    const host = new FakeHost();
    host.memory.set("sockscope:chat:socket", "free text");
    host.reload = true;
    expect(nextPage(host).counted).toEqual([]);
  });

  it.each<[ConnectionState | undefined, string]>([
    ["connected", "healthy"],
    [undefined, "healthy"],
    ["reconnecting", "reconnecting"],
    ["gave_up", "gave_up"],
    ["rejected", "rejected"],
  ])("of a page whose worst socket was %s are %s", (worst, socket) => {
    const host = new FakeHost();
    nextPage(host).reloads.leave(worst);
    host.reload = true;
    expect(nextPage(host).counted).toEqual([`${wireName(PAGE_RELOADS.name)}/${socket} 1`]);
  });

  it("are counted once each", () => {
    const host = new FakeHost();
    nextPage(host).reloads.leave("rejected");
    host.reload = true;
    nextPage(host);
    expect(nextPage(host).counted).toEqual([]);
  });

  it("are not pages that a user went to, nor does a later one count for them", () => {
    const host = new FakeHost();
    nextPage(host).reloads.leave("rejected");
    expect(nextPage(host).counted).toEqual([]);
    host.reload = true;
    expect(nextPage(host).counted).toEqual([]);
  });

  it("say what the socket was like when the page was left the last time", () => {
    const host = new FakeHost();
    const { reloads } = nextPage(host);
    reloads.leave("rejected");
    reloads.leave("connected");
    host.reload = true;
    expect(nextPage(host).counted).toEqual([`${wireName(PAGE_RELOADS.name)}/healthy 1`]);
  });

  it("are not counted in a tab of which nothing is remembered", () => {
    const host = new FakeHost();
    host.reload = true;
    expect(nextPage(host).counted).toEqual([]);
  });

  it("are each app's own", () => {
    const host = new FakeHost();
    nextPage(host, "chat").reloads.leave("rejected");
    nextPage(host, "prices").reloads.leave("connected");
    host.reload = true;
    expect(nextPage(host, "chat").counted).toEqual([`${wireName(PAGE_RELOADS.name)}/rejected 1`]);
    expect(nextPage(host, "prices").counted).toEqual([`${wireName(PAGE_RELOADS.name)}/healthy 1`]);
  });

  it("are not known where a tab has no memory", () => {
    const host = new FakeHost();
    host.reload = true;
    Object.assign(host, { sessionStorage: () => undefined });
    expect(() => nextPage(host).reloads.leave("connected")).not.toThrow();
    expect(nextPage(host).counted).toEqual([]);
  });
});
