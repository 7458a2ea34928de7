import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { healthyChat, LOOKED_AT, type RunbookCases, SHARED_CASES, SYMPTOMS } from "@sockscope/alerts";
import { freePort } from "@sockscope/stack";
import { afterEach, describe, expect, it } from "vitest";
import {
  type MadeUp,
  type MadeUpPrometheus,
  madeUpPrometheus,
} from "./testing/made-up-prometheus.test-support.ts";

const SOCKSCOPE = fileURLToPath(new URL("../cli/dist/sockscope.js", import.meta.url));
const ALERT = "WsAuthCloseSpike";

interface Ended {
  readonly exit: number;
  readonly printed: string;
  readonly complained: string;
}

/** Runs the command as anybody does, to its end. */
function diagnose(url: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [SOCKSCOPE, "diagnose", ...args, "--prometheus", url],
      { env: {} },
      (error, printed, complained) => resolve({ exit: Number(error?.code ?? 0), printed, complained }),
    );
  });
}

const CASES: RunbookCases["broken"] = {
  ...SHARED_CASES,
  ...SYMPTOMS.find(({ name }) => name === ALERT)?.runbookCases?.broken,
};

/** What questions of the runbook see when it is what they ask for. */
function broken(...ids: string[]): MadeUp {
  return Object.assign({}, ...ids.map((id) => CASES[id] ?? expect.fail(`There is no case for ${id}.`)));
}

/** What users feel, whatever is behind it. */
const FELT = ["rejected-time", "affected-sessions"];

/** The alert for an app, in minutes since the beginning. */
function firing(app: string, from: number): MadeUp {
  const labels = `alertname="${ALERT}",severity="page",app="${app}"`;
  const minutes = LOOKED_AT + 10 - from;
  return {
    [`ALERTS{${labels},alertstate="firing"}`]: `_x${from} 1x${minutes}`,
    [`ALERTS_FOR_STATE{${labels}}`]: `_x${from} ${from * 60}x${minutes}`,
  };
}

describe("sockscope diagnose, of a real Prometheus", () => {
  let prometheus: MadeUpPrometheus | undefined;

  afterEach(async () => {
    await prometheus?.stop();
    prometheus = undefined;
  });

  async function has(series: MadeUp): Promise<string> {
    prometheus = await madeUpPrometheus(series);
    return prometheus.url;
  }

  it("names the cause, what was ruled out and what to look at next", async () => {
    const url = await has({ ...healthyChat(), ...broken(...FELT, "expired-share") });
    const { exit, printed } = await diagnose(url, ALERT);
    expect(exit).toBe(1);
    expect(printed).toContain("UNHEALTHY  The likeliest cause: Token expiry settings.");
    expect(printed).toMatch(/CONFIRMED +100% {2}Token expiry settings/);
    expect(printed).toMatch(/ruled out +0% {2}Session store \(Redis\) health/);
    expect(printed).toMatch(/Next: Token expiry settings[\s\S]+\$ chat_log 15 \| jq /);
  });

  it("takes a cause that another one explains for its consequence", async () => {
    const url = await has({ ...healthyChat(), ...broken(...FELT, "expired-share", "failed-refreshes") });
    const { printed } = await diagnose(url, ALERT);
    expect(printed).toContain("The likeliest cause: refreshAccessToken does not work.");
    expect(printed).toMatch(/follows +100% {2}Token expiry settings/);
  });

  it("names several where nothing tells them apart", async () => {
    const url = await has({
      ...healthyChat(),
      ...broken(...FELT, "never-good-share", "failed-rehydrations"),
    });
    const { exit, printed } = await diagnose(url, ALERT, "--format", "json");
    const [diagnosis] = JSON.parse(printed).diagnoses;
    expect([exit, diagnosis.likeliest]).toEqual([1, ["session-store", "auth-middleware"]]);
  });

  it("says that it looks like a few sessions where it is, and not like an incident", async () => {
    const url = await has({ ...healthyChat(), ...broken("rejected-time", "closes-per-session") });
    const { exit, printed } = await diagnose(url, ALERT);
    expect([exit, printed]).toEqual([
      1,
      expect.stringContaining("Looks like a few sessions, not like an incident."),
    ]);
  });

  it("calls a healthy chat healthy, whichever alert is asked for", async () => {
    const url = await has(healthyChat());
    const said: Record<string, unknown> = {};
    for (const { name } of SYMPTOMS) {
      const { exit, printed } = await diagnose(url, name, "--format", "json");
      said[name] = [
        exit,
        ...JSON.parse(printed).diagnoses.map(({ headline }: Record<string, unknown>) => headline),
      ];
    }
    const well = [0, "All that can be judged is healthy."];
    expect(said).toEqual(Object.fromEntries(SYMPTOMS.map(({ name }) => [name, well])));
  });

  it("looks at another time as it was then, for whom the alert fired then", async () => {
    const late = Object.fromEntries(
      Object.keys(broken(...FELT, "expired-share")).map((series) => [series, "0x60 60+60x40"]),
    );
    const url = await has({ ...healthyChat(), ...late, ...firing("chat", 62), ...firing("other", 85) });
    const before = await diagnose(url, ALERT, "--at", `${LOOKED_AT - 50}m`);
    expect([before.exit, before.printed]).toEqual([0, expect.stringContaining("does not fire")]);
    const then = await diagnose(url, "--at", `${LOOKED_AT - 80}m`, "--format", "json");
    const { diagnoses, notes, isPast } = JSON.parse(then.printed);
    expect([then.exit, isPast]).toEqual([1, true]);
    expect(diagnoses).toMatchObject([
      {
        alert: ALERT,
        labels: { app: "chat" },
        likeliest: ["token-expiry"],
        firing: [{ since: expect.any(Number) }],
      },
    ]);
    expect(notes).toEqual([]);
    const now = JSON.parse((await diagnose(url, "--at", "1s", "--format", "json")).printed);
    expect(now.diagnoses.map(({ labels, health }: Record<string, unknown>) => [labels, health])).toEqual([
      [{ app: "chat" }, "unhealthy"],
      // Its page fires, whatever there are no series of.
      [{ app: "other" }, "unhealthy"],
    ]);
  });

  it("cannot tell where nothing is there", async () => {
    const { exit, printed } = await diagnose(await has({ up: "1x100" }), ALERT);
    expect([exit, printed]).toEqual([3, expect.stringContaining("Cannot tell: Prometheus has nothing")]);
    expect(printed).toContain("No page is heard of");
  });

  it("says in one line that Prometheus is not there", async () => {
    const { exit, printed, complained } = await diagnose(`http://127.0.0.1:${await freePort()}`, ALERT);
    expect([exit, printed]).toEqual([3, ""]);
    expect(complained).toMatch(/^sockscope: .* cannot be reached \(connect ECONNREFUSED .*\n$/);
  });
});
