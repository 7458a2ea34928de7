import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { generateDeployment } from "./deployment.ts";

const PREVIEW = "http://127.0.0.1:4";

let stateDir = "";

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "sockscope-stack-"));
});

afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

function generate(): ReturnType<typeof generateDeployment> {
  return generateDeployment({
    stateDir,
    apps: ["chat", "second"],
    origin: "http://127.0.0.1:8",
    previewUrl: PREVIEW,
  });
}

describe("what a stack generates for itself", () => {
  it("leads from every alert to its own pages", () => {
    const { generatedDir } = generate();
    const rules = readFileSync(`${generatedDir}/alerts/rules.yml`, "utf8");
    const links = [...rules.matchAll(/(?:runbook_url|dashboard_url): "?(\S+)/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(1);
    for (const link of links) expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4\/(?:runbooks|d)\//);
  });

  it("calls nobody", () => {
    const { generatedDir } = generate();
    const { receivers } = parse(readFileSync(`${generatedDir}/alerts/alertmanager.yml`, "utf8"));
    expect(receivers).toEqual([{ name: "pager" }, { name: "inbox" }, { name: "dead-mans-switch" }]);
  });

  it("is the demo's own, for the apps of this stack", () => {
    const { configuration, generatedDir } = generate();
    expect(JSON.parse(readFileSync(configuration, "utf8"))).toMatchObject({
      apps: [{ name: "chat", origins: ["http://127.0.0.1:8"] }, { name: "second" }],
      closeReasons: { signed_in_elsewhere: 4001 },
    });
    expect(readFileSync(`${generatedDir}/runbooks/CLOSE_CODES.md`, "utf8")).toContain("signed in elsewhere");
  });

  it("leaves nothing of an earlier start", () => {
    const { generatedDir } = generate();
    writeFileSync(`${generatedDir}/dashboards/gone.json`, "{}");
    generate();
    expect(() => readFileSync(`${generatedDir}/dashboards/gone.json`)).toThrow("ENOENT");
  });
});
