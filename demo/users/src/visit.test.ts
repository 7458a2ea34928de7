import { describe, expect, it } from "vitest";
import type { ChatPage } from "./chat-page.ts";
import { visit } from "./visit.ts";

interface Scene {
  readonly pause?: (ms: number) => Promise<unknown>;
  /** How often the user is signed out instead of being answered. */
  readonly signOuts?: number;
  readonly isCalm?: boolean;
}

async function visited(random: number, { pause = async () => {}, signOuts = 0, isCalm = false }: Scene = {}) {
  const done: string[] = [];
  const does = (name: string) => async (): Promise<void> => {
    done.push(name);
  };
  let left = signOuts;
  const never = new Promise<never>(() => {});
  const chat: ChatPage = {
    page: {} as ChatPage["page"],
    connected: does("connected"),
    say: () => (left > 0 ? never : does("say")()),
    signedOut: async () => (left-- > 0 ? undefined : never),
    expireSession: does("expireSession"),
    judge: does("judge"),
    signInElsewhere: does("signInElsewhere"),
    reconnect: does("reconnect"),
    reload: does("reload"),
    leave: does("leave"),
  };
  const visiting = visit(chat, { random: () => random, pause, isCalm });
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

  it("stays for long and loses nothing when it is calm", async () => {
    const { done, visiting } = await visited(0, { isCalm: true });
    await visiting;
    expect(done.filter((what) => what === "say")).toHaveLength(20);
    expect(new Set(done)).toEqual(new Set(["connected", "say", "judge", "leave"]));
  });

  it("does nothing more when the users are to leave", async () => {
    const { done, visiting } = await visited(0.5, { pause: () => Promise.reject(new Error("leave")) });
    await expect(visiting).rejects.toThrow("leave");
    expect(done).toEqual(["connected", "say"]);
  });

  it.each([
    [0.5, ["reconnect", "say", "say", "say", "say", "say", "leave"]],
    [0.7, ["reload", ...Array(6).fill("say"), "leave"]],
    [0.9, ["leave"]],
  ])("does what people do whom the server has signed out (%s)", async (random, then) => {
    const { done, visiting } = await visited(random, { signOuts: 1 });
    await visiting;
    expect(done).toEqual(["connected", ...then]);
  });
});
