import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { explanationsOf } from "../explain/explanations-of.ts";
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
    expect(seen).toContain("alerts/src/symptoms/ws-auth-close-spike/alerts.ts");
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
      The SDK sends the same batch again later.

      It comes from:
        collector/src/ingest/accept-batch.ts
        collector/src/ingest/answer.ts

      Counted in:
        sockscope_collector_refusals_total{code="SOCKSCOPE_ERR_SESSIONS_FULL"}

      Read by:
        alert WsCollectorRejecting
        panel Pages turned away, against the alert
        runbook WsCollectorRejecting",
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

      Its pager says:
        Within the last 5 minutes, {{ $value | humanizePercentage }} of the pages of
        {{ $labels.app }} were closed for failed authentication (close code 3000 or
        4401), of the most that were open at a time within 10 minutes.

      It fires:
        A page, after 2m, for 15m after its condition ended:
        clamp_max(
          sum by (app) (increase(ws_client_affected_sessions_total{code=~"3000|4401"}[5m]))
          / max_over_time(app:ws_client_sessions_active:sum[10m]),
          1
        ) > 0.02
        and
        sum by (app) (increase(ws_client_affected_sessions_total{code=~"3000|4401"}[5m])) >= 20

      It reads:
        ws_client_affected_sessions_total
        app:ws_client_sessions_active:sum

      What to do:
        runbooks/WsAuthCloseSpike.md, which \`sockscope generate\` writes

      In the source:
        alerts/src/symptoms/ws-auth-close-spike",
      }
    `);
  });

  it("says of a target and of a recording rule what is asked", async () => {
    expect((await explain("message_latency")).seen).toContain(
      'ws_client_message_latency_seconds_bucket{le="0.2"}',
    );
    expect((await explain("job:ws_connections_active:sum")).seen).toContain("last_over_time");
  });

  it("says of a recording rule what it means, what it reads and who reads it", async () => {
    const { seen } = await explain("app:ws_client_sessions_active:sum");
    expect(seen).toContain("pod and its successor are not two");
    expect(seen).toContain("It reads:\n  ws_client_sessions_active");
    expect(seen).toContain("alert WsAuthCloseSpike (alerts/src/symptoms/ws-auth-close-spike/alerts.ts)");
  });

  it("finds who reads a metric through a recording rule", async () => {
    expect((await explain("ws_client_sessions_active")).seen).toContain(
      "alert WsReconnectStorm, through app:ws_client_sessions_active:sum",
    );
  });

  it("says of an alert with several rules when each fires", async () => {
    const { exit, seen } = await explain("WsConnectErrorBudgetBurn");
    expect(exit).toBe(0);
    for (const part of ["A page, after 2m, long 1h, short 5m:", "A ticket, after 15m, long 3d, short 6h:"])
      expect(seen).toContain(part);
    expect(seen).toContain("ws_client_connect_attempts_total");
  });

  it.each([
    ["ws_client_connection_duration_seconds_bucket", "ws_client_connection_duration_seconds (metric"],
    ["ws_client_connection_duration_seconds_count", "ws_client_connection_duration_seconds (metric"],
    ["4123", "4xxx (close code)"],
    ["1006", "1006 (close code)"],
    ["2500", "unassigned (close code)"],
  ])("finds %s as %s", async (name, head) => {
    expect((await explain(name)).seen).toContain(head);
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

describe("sockscope explain --config", () => {
  const config = fileURLToPath(new URL("../../../docs/examples/sockscope.config.json", import.meta.url));

  it("explains a deployment's own metric", async () => {
    expect(await explain("orders_placed", "--config", config)).toMatchInlineSnapshot(`
      {
        "exit": 0,
        "seen": "orders_placed_total (metric, ORDERS_PLACED)

      Orders that users placed.

      Type:
        counter, in events

      Labels:
        \`side\`: \`buy\` \`sell\`

      Declared in:
        the configuration

      Read by:
        panel orders_placed_total",
      }
    `);
  });

  it("explains a deployment's own frame, by who counts it", async () => {
    const { seen } = await explain("order_filled", "--config", config);
    expect(seen).toMatch(/^order_filled \(frame\)\n\nA frame from the server to the client\./);
    expect(seen).toContain('ws_client_frames_received_total{event="order_filled"}');
    expect((await explain("order_filled")).exit).toBe(2);
  });

  it("says what becomes of the older buckets of an own histogram", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sockscope-explain-"));
    const file = join(folder, "sockscope.config.json");
    const shape = { bounds: [1], max: 9 };
    const olderLayouts = [{ ...shape, id: "wait-1", bounds: [2], keptAs: "wait_seconds_layout_1" }];
    const wait_seconds = { help: "Waits.", unit: "seconds", layout: "wait-2", ...shape, olderLayouts };
    const apps = [{ name: "chat", origins: ["https://chat.example"] }];
    writeFileSync(file, JSON.stringify({ apps, histograms: { wait_seconds } }));
    const { seen } = await explain("wait_seconds", "--config", file);
    rmSync(folder, { recursive: true });
    expect(seen).toMatch(/Buckets:\n\s+wait-2: 1\n.*layout `wait-1` \(2\) stays `wait_seconds_layout_1`/);
  });

  it("explains a deployment's own close code, and not its range", async () => {
    expect((await explain("4001", "--config", config)).seen).toMatch(
      /^4001 \(close code\)\n\nsigned in elsewhere\./,
    );
    expect((await explain("4001")).seen).toMatch(/^4xxx \(close code\)/);
  });

  it("lists them with the others", async () => {
    const { seen } = await explain("--config", config);
    expect(seen).toContain("\n  orders_placed_total");
    expect(seen).toContain("\n  ws_client_closes_total");
  });

  it("says what is wrong with a configuration that cannot be read", async () => {
    expect((await explain("4001", "--config", "/nowhere.json")).seen).toContain("cannot be read");
  });

  describe("of a deployment with its own numbers", () => {
    let folder = "";
    let deployed = "";

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "sockscope-explain-"));
      deployed = join(folder, "sockscope.config.json");
      writeFileSync(
        deployed,
        JSON.stringify({
          apps: [{ name: "chat", origins: ["https://chat.example"] }],
          links: {
            runbooks: "https://wiki.chat.internal/runbooks",
            grafana: "https://grafana.chat.internal",
          },
          environmentLabels: ["env"],
          closeCodes: {
            "4010": { name: "signed out", meaning: "It ended.", userSees: "authentication failed" },
          },
          alerts: { WsAuthCloseSpike: { share: 0.005, fewestSessions: 6 } },
          targets: { message_delivery: { bound: 10 } },
        }),
      );
    });

    afterAll(() => rmSync(folder, { recursive: true }));

    it("says when an alert fires there, on the names and codes that are there", async () => {
      const { seen } = await explain("WsAuthCloseSpike", "--config", deployed);
      expect(seen).toContain("env_app:ws_client_sessions_active:sum");
      expect(seen).toContain('code=~"3000|4010|4401"');
      expect(seen).toContain("> 0.005");
      expect(seen).toContain(">= 6");
      expect(seen).toContain("What to do:\n  https://wiki.chat.internal/runbooks/WsAuthCloseSpike.md");
    });

    it("knows what is recorded by its name there, and not by another", async () => {
      const { seen } = await explain("env_app:ws_client_sessions_active:sum", "--config", deployed);
      expect(seen).toContain("Labels:\n  env, app");
      expect(seen).toContain("alert WsAuthCloseSpike");
      expect((await explain("app:ws_client_sessions_active:sum", "--config", deployed)).exit).toBe(2);
    });

    it("says what is promised there", async () => {
      const { seen } = await explain("message_delivery", "--config", deployed);
      expect(seen).toContain("User messages answered within 10 s");
      expect(seen).toContain('le=~"10|10\\\\.0"');
    });

    it("names no file of this product's source", () => {
      const texts = explanationsOf(DEFAULT_CATALOG).flatMap(({ facts }) => facts.flat());
      expect(texts.filter((text) => /\/src\/|runbooks\/pages/.test(text))).toEqual([]);
    });

    it("says of an error what is the same everywhere", async () => {
      const { seen } = await explain("SOCKSCOPE_ERR_SESSIONS_FULL", "--config", deployed);
      expect(seen).toContain("Counted in:");
      expect(seen).not.toContain("/src/");
    });
  });

  it("says of an alert that is left out that it never fires", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sockscope-explain-"));
    const file = join(folder, "sockscope.config.json");
    const apps = [{ name: "chat", origins: ["https://chat.example"] }];
    writeFileSync(file, JSON.stringify({ apps, alerts: { WsAuthCloseSpike: { on: false } } }));
    expect((await explain("WsAuthCloseSpike", "--config", file)).seen).toContain(
      "the configuration leaves it out",
    );
    rmSync(folder, { recursive: true });
  });
});
