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

  it("have a way back for every fix and a threshold for every check", () => {
    for (const { alert, causes } of RUNBOOKS) {
      expect(causes.length, alert.name).toBeGreaterThan(0);
      for (const { title, undo, checks } of causes) {
        expect(undo, title).toMatch(/\.$/);
        for (const check of checks) {
          expect(check.confirms, title).toMatch(/\.$/);
          expect(Number(check.query !== undefined) + Number(check.command !== undefined), check.action).toBe(
            1,
          );
        }
      }
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
