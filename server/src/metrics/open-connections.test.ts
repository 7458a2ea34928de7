import { SERVER_CONNECTION_AGE, SERVER_CONNECTIONS_ACTIVE, SERVER_SEND_BUFFER } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { line } from "../testing/exposition.test-support.ts";
import { instrumented, TEST_APP } from "../testing/instrumented.test-support.ts";

describe("what is open", () => {
  it("is as old as the clock says, in seconds, in every bucket that reaches as far", async () => {
    const { open, clock, registry } = instrumented();
    open();
    clock.ms += 90_000;
    open();
    const text = await registry.metrics();
    const { name } = SERVER_CONNECTION_AGE;
    const bucket = (le: string): string => line(`${name}_bucket`, { le, app: TEST_APP });
    expect(text).toContain(`${bucket("1")} 1\n`);
    expect(text).toContain(`${bucket("65")} 1\n`);
    expect(text).toContain(`${bucket("120")} 2\n`);
    expect(text).toContain(`${bucket("+Inf")} 2\n`);
    expect(text).toContain(`${line(`${name}_gsum`, { app: TEST_APP })} 90\n`);
    expect(text).toContain(`${line(`${name}_gcount`, { app: TEST_APP })} 2\n`);
  });

  it("is zero on every route, on those that are not configured too, before anybody comes", async () => {
    const text = await instrumented().registry.metrics();
    for (const { name } of [SERVER_CONNECTIONS_ACTIVE, SERVER_SEND_BUFFER])
      for (const route of ["/ws", "other"])
        expect(text).toContain(`${line(name, { app: TEST_APP, route })} 0\n`);
  });
});

describe("the log of trouble", () => {
  it("has a line for the first of each kind of a connection, and for each refused upgrade", () => {
    const lines: object[] = [];
    const { instrumentation, open } = instrumented({ log: (entry) => lines.push(entry) });
    instrumentation.handshakeRejected({ status: 403, credentials: true });
    const { connection } = open({ route: "/admin?token=secret" });
    for (const _ of [1, 2]) {
      connection.refused("invalid");
      connection.notSent("other");
      connection.rehydrated("forbidden");
      connection.notSent("closed");
    }
    const identity = { route: "other", correlation_id: connection.correlationId };
    expect(lines).toEqual([
      { event: "reject", status: 403, credentials: "present" },
      { event: "connect", ...identity, auth_method: "cookie" },
      { event: "refused", ...identity, reason: "invalid" },
      { event: "not_sent", ...identity, reason: "other" },
      { event: "not_rehydrated", ...identity, reason: "forbidden" },
    ]);
  });
});
