import { ALERTS, runbookUrl } from "@sockscope/alerts";
import { describe, expect, it } from "vitest";
import { generate, RUNBOOKS } from "./index.ts";

describe("runbooks", () => {
  it("are there for every alert, under the name that the alert links to", () => {
    const pages = [...generate().keys()].map((path) => path.replace("runbooks/pages", ""));
    expect(ALERTS.map((alert) => new URL(runbookUrl(alert)).pathname.replace("/runbooks", ""))).toEqual(
      pages,
    );
  });

  it("have a way back for every fix and something to do for every check", () => {
    for (const { alert, triage, causes } of RUNBOOKS) {
      expect(causes.length, alert.name).toBeGreaterThan(0);
      expect(causes.filter(({ undo, checks }) => undo === "" || checks.length === 0)).toEqual([]);
      const checks = [...triage, ...causes.flatMap((cause) => cause.checks)];
      expect(checks.filter(({ query, command }) => query !== undefined && command !== undefined)).toEqual([]);
    }
  });

  it("name every shell variable that their commands use", () => {
    for (const { triage, causes, needs } of RUNBOOKS) {
      const commands = [...triage, ...causes.flatMap((cause) => cause.checks)].map(
        ({ command = "" }) => command,
      );
      const used = commands.flatMap((command) =>
        [...command.matchAll(/\$([A-Z_]+)/g)].map(([, name]) => name),
      );
      expect([...new Set(used)].sort()).toEqual(needs.map(({ name }) => name).sort());
    }
  });

  it("check the causes of a high 4401 in the order that on-call asked for", () => {
    const runbook = RUNBOOKS.find(({ alert }) => alert.name === "WsAuthCloseSpike");
    expect(runbook?.causes.map(({ title }) => title)).toEqual([
      "Token expiry settings",
      "refreshAccessToken does not work",
      "Session store (Redis) health",
      "Recent changes of the auth middleware",
    ]);
  });
});
