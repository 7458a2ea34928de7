import { describe, expect, it } from "vitest";
import * as cluster from "./cluster/index.ts";
import * as entry from "./index.ts";
import * as socketIo from "./socket-io/index.ts";
import * as ws from "./ws/index.ts";

describe("the public entries export exactly this", () => {
  it("@sockscope/server", () => {
    expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
      [
        "InvalidAppError",
        "InvalidRoutesError",
        "UnknownCloseReasonError",
        "hasCredentials",
        "instrumentServer",
      ]
    `);
  });

  it("@sockscope/server/ws", () => {
    expect(Object.keys(ws)).toMatchInlineSnapshot(`
      [
        "wsConnection",
      ]
    `);
  });

  it("@sockscope/server/socket.io", () => {
    expect(Object.keys(socketIo).sort()).toMatchInlineSnapshot(`
      [
        "socketIoConnection",
        "watchSocketIo",
      ]
    `);
  });

  it("@sockscope/server/cluster", () => {
    expect(Object.keys(cluster).sort()).toMatchInlineSnapshot(`
      [
        "clusterMetrics",
        "reportToPrimary",
      ]
    `);
  });
});
