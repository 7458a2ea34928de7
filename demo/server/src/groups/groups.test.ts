import type { ServerFrame } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { Groups } from "./groups.ts";
import type { Relay } from "./relay.ts";

const FRAME: ServerFrame = { type: "pong", id: 1, server_time: 2 };
const TEXT = JSON.stringify(FRAME);

function member() {
  const heard: string[] = [];
  return { heard, send: (text: string) => heard.push(text) };
}

function recordedRelay() {
  const calls: string[] = [];
  let tell: (threadId: string, text: string) => void = () => {};
  const relay: Relay = {
    publish: (threadId, text) => calls.push(`publish ${threadId} ${text}`),
    follow: (threadId) => calls.push(`follow ${threadId}`),
    unfollow: (threadId) => calls.push(`unfollow ${threadId}`),
    listen: (listener) => {
      tell = listener;
    },
    onBack: () => {},
  };
  return { relay, calls, tell: (threadId: string, text: string) => tell(threadId, text) };
}

describe("Groups", () => {
  it("sends a frame to every member of a thread and to nobody else", () => {
    const groups = new Groups();
    const [here, too, elsewhere] = [member(), member(), member()];
    groups.join("a", here);
    groups.join("a", too);
    groups.join("b", elsewhere);
    groups.send("a", FRAME);
    expect([here.heard, too.heard, elsewhere.heard]).toEqual([[TEXT], [TEXT], []]);
  });

  it("sends nothing to whoever left", () => {
    const groups = new Groups();
    const gone = member();
    groups.join("a", gone);
    groups.leave("a", gone);
    groups.send("a", FRAME);
    expect(gone.heard).toEqual([]);
  });

  it("follows a thread elsewhere from its first member on until its last has left", () => {
    const { relay, calls } = recordedRelay();
    const groups = new Groups(relay);
    const [one, other] = [member(), member()];
    groups.join("a", one);
    groups.join("a", other);
    groups.leave("a", one);
    groups.leave("a", other);
    groups.leave("a", other);
    expect(calls).toEqual(["follow a", "unfollow a"]);
  });

  it("tells other processes what is said here, and members what is said there", () => {
    const { relay, calls, tell } = recordedRelay();
    const groups = new Groups(relay);
    const one = member();
    groups.join("a", one);
    groups.send("a", FRAME);
    tell("a", "from elsewhere");
    tell("b", "in another thread");
    expect(calls).toContain(`publish a ${TEXT}`);
    expect(one.heard).toEqual([TEXT, "from elsewhere"]);
  });
});
