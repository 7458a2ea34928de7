import { describe, expect, it } from "vitest";
import type { ChatPage } from "./chat-page.ts";
import { visit } from "./visit.ts";

async function visited(random: number, pause: (ms: number) => Promise<unknown> = async () => {}) {
  const done: string[] = [];
  const does = (name: string) => async (): Promise<void> => {
    done.push(name);
  };
  const chat: ChatPage = {
    page: {} as ChatPage["page"],
    connected: does("connected"),
    say: does("say"),
    expireSession: does("expireSession"),
    judge: does("judge"),
    signInElsewhere: does("signInElsewhere"),
    reconnect: does("reconnect"),
    leave: does("leave"),
  };
  const visiting = visit(chat, { random: () => random, pause });
  return { done, visiting };
}

describe("visit", () => {
  it("chats and leaves", async () => {
    const { done, visiting } = await visited(0.5);
    await visiting;
    expect(done).toEqual(["connected", ...Array(6).fill("say"), "leave"]);
  });

  it("loses the session, sees the error and comes back before it leaves, when the dice say so", async () => {
    const { done, visiting } = await visited(0);
    await visiting;
    expect(done).toEqual([
      "connected",
      ...["say", "judge", "say", "judge"],
      ...["expireSession", "reconnect"],
      "signInElsewhere",
      "leave",
    ]);
  });

  it("does nothing more when the users are to leave", async () => {
    const { done, visiting } = await visited(0.5, () => Promise.reject(new Error("leave")));
    await expect(visiting).rejects.toThrow("leave");
    expect(done).toEqual(["connected", "say"]);
  });
});
