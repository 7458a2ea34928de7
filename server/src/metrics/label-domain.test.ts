import {
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_REFUSALS,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_HANDSHAKES_REJECTED,
} from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { labelCheck } from "./label-domain.ts";

describe("labelCheck", () => {
  it("refuses a value outside a list that has no other", () => {
    const check = labelCheck(SERVER_HANDSHAKES_REJECTED, {});
    expect(check({ status: "403", credentials: "present" })).toEqual({
      status: "403",
      credentials: "present",
    });
    expect(check({ status: "403", credentials: "forged" as "present" })).toBeUndefined();
  });

  it("makes a value outside a list other, when the list has it", () => {
    const check = labelCheck(SERVER_CONNECTIONS_OPENED, { route: ["/ws"] });
    expect(check({ route: "/ws", auth_method: "magic" as "cookie" })).toEqual({
      route: "/ws",
      auth_method: "other",
    });
  });

  it("keeps no more names of a capped label than it has room for", () => {
    const routes = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    const check = labelCheck(SERVER_CONNECTIONS_ACTIVE, { route: routes });
    expect(check({ route: "8" })).toEqual({ route: "8" });
    expect(check({ route: "9" })).toEqual({ route: "other" });
  });

  it("makes every value of a capped label other when none is known", () => {
    expect(labelCheck(SERVER_CONNECTIONS_ACTIVE, {})({ route: "/ws" })).toEqual({ route: "other" });
  });

  it("takes a configured value, and another one only where there is other for it", () => {
    const strict = labelCheck(COLLECTOR_MEASUREMENTS, { app: ["chat"] });
    expect(strict({ app: "chat" })).toEqual({ app: "chat" });
    expect(strict({ app: "shop" })).toBeUndefined();
    const lenient = labelCheck(COLLECTOR_REFUSALS, { app: ["chat"] });
    expect(lenient({ app: "shop", code: "SOCKSCOPE_ERR_APP" })).toEqual({
      app: "other",
      code: "SOCKSCOPE_ERR_APP",
    });
  });

  it("refuses labels of which one is missing and has no other", () => {
    expect(labelCheck(SERVER_HANDSHAKES_REJECTED, {})({ status: "403" } as never)).toBeUndefined();
  });

  it("leaves out what is no label of the metric", () => {
    const check = labelCheck(SERVER_CONNECTIONS_ACTIVE, { route: ["/ws"] });
    expect(check({ route: "/ws", user: "u1" } as { route: string })).toEqual({ route: "/ws" });
  });
});
