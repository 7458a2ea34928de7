import type { ServerFrame } from "@sockscope/catalog";
import type { Connection } from "@sockscope/server";
import { describe, expect, it } from "vitest";
import { deliver } from "./groups.ts";

const FRAME: ServerFrame = { type: "pong", id: 1, server_time: 2 };

function connectionWith(bufferedBytes: number) {
  const calls: unknown[] = [];
  const connection = {
    bufferedBytes,
    send: (frame: ServerFrame) => calls.push(["send", frame]),
    close: (reason: string) => calls.push(["close", reason]),
  } as unknown as Connection;
  return { connection, calls };
}

describe("deliver", () => {
  it("sends when the peer reads", () => {
    const { connection, calls } = connectionWith(0);
    deliver(connection, FRAME);
    expect(calls).toEqual([["send", FRAME]]);
  });

  it("closes the peer as a slow consumer when the peer has stopped reading", () => {
    const { connection, calls } = connectionWith(10_000_000);
    deliver(connection, FRAME);
    expect(calls).toEqual([["close", "slow_consumer"]]);
  });
});
