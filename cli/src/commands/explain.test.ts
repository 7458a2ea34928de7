import { describe, expect, it } from "vitest";
import { EXPLANATIONS } from "../generated/explanations.ts";
import { runSockscope } from "../run-sockscope.ts";

/** What a user sees, and the exit code. */
async function explain(...args: string[]): Promise<{ exit: number; seen: string }> {
  const lines: string[] = [];
  const see = (line: string): void => void lines.push(line);
  const exit = await runSockscope(["explain", ...args], {
    environment: {},
    print: see,
    complain: see,
    stopRequested: () => new Promise(() => {}),
  });
  return { exit, seen: lines.join("\n") };
}

describe("sockscope explain", () => {
  it("says of a metric what it counts, how to read it and how not, who records it and who reads it", async () => {
    const { exit, seen } = await explain("ws_client_affected_sessions_total");
    expect(exit).toBe(0);
    for (const part of ["(metric, AFFECTED_SESSIONS)", "Read it as:", "Do not:", "Recorded by:", "Read by:"])
      expect(seen).toContain(part);
    expect(seen).toContain("sdk/src/observe/affected.ts");
    expect(seen).toContain("alerts/src/symptoms/ws-auth-close-spike/expression.ts");
  });

  it("finds a metric by its symbol, in any case", async () => {
    expect(await explain("affected_sessions")).toEqual(await explain("ws_client_affected_sessions_total"));
  });

  it("says of a close code what it means and what follows", async () => {
    expect(await explain("4401")).toMatchInlineSnapshot(`
      {
        "exit": 0,
        "seen": "4401 (close code)

      authentication. Authentication is missing or has expired.

      A client does:
        stop; opt-in: refresh the token once and try once more

      The user sees:
        authentication failed

      The server sends it for:
        authentication_required, authentication_expired

      Counted in:
        ws_client_closes_total ws_client_affected_sessions_total ws_closes_total

      It travels:
        in a close frame",
      }
    `);
  });

  it("says of an error what happened and what to do", async () => {
    expect(await explain("SOCKSCOPE_ERR_SESSIONS_FULL")).toMatchInlineSnapshot(`
      {
        "exit": 0,
        "seen": "SOCKSCOPE_ERR_SESSIONS_FULL (error)

      HTTP 503. The session table is full: live sessions are served, new ones are not.
      The SDK sends the same batch again later.",
      }
    `);
  });

  it("says of an alert whom it wakes, on what it fires and where its runbook is", async () => {
    expect(await explain("WsAuthCloseSpike")).toMatchInlineSnapshot(`
      {
        "exit": 0,
        "seen": "WsAuthCloseSpike (alert)

      Users lose their chat and are told to refresh the page, because authentication
      fails.

      It is:
        a page after 2m and for 15m after its condition ended

      It fires on:
        sum by (app) (increase(ws_client_affected_sessions_total{code=~"3000|4401"}[5m]))
        / app:ws_client_sessions_active:sum
        > 0.02
        and
        sum by (app) (increase(ws_client_affected_sessions_total{code=~"3000|4401"}[5m])) >= 20

      What to do:
        runbooks/pages/WsAuthCloseSpike.md

      In the source:
        alerts/src/symptoms/ws-auth-close-spike: alert.ts, cases.ts, runbook.ts",
      }
    `);
  });

  it("says of a target and of a recording rule what is asked", async () => {
    expect((await explain("message_latency")).seen).toContain(
      'ws_client_message_latency_seconds_bucket{le="0.2"}',
    );
    expect((await explain("job:ws_connections_active:sum")).seen).toContain("last_over_time");
  });

  it("offers the nearest names for one that it does not know", async () => {
    expect(await explain("ws_clint_closes")).toMatchInlineSnapshot(`
      {
        "exit": 2,
        "seen": "sockscope: there is nothing named "ws_clint_closes"; did you mean ws_client_closes_total, ws_client_rtt_seconds, ws_closes_total?",
      }
    `);
  });

  it("asks for one name at a time", async () => {
    expect((await explain("4401", "1011")).exit).toBe(2);
  });

  it("lists all that it knows without a name", async () => {
    const { seen } = await explain();
    for (const { name } of EXPLANATIONS) expect(seen).toContain(`  ${name}`);
  });

  it("fits a terminal, but for words and queries that are longer", async () => {
    for (const { name, facts, text } of EXPLANATIONS) {
      const { seen } = await explain(name);
      const whole = [text, ...facts.map(([, fact]) => fact)].join("\n");
      const long = seen.split("\n").filter((line) => line.length > 80 && !whole.includes(line.trim()));
      expect(long, name).toEqual([]);
    }
  });
});
