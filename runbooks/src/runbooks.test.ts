import {
  commandQuestionsOf,
  EXAMPLE_LINKS,
  questionsOf,
  runbookUrl,
  SYMPTOMS,
  stepsOf,
} from "@sockscope/alerts";
import { createCatalog, type DocumentedMetric } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { generate, ownMetricsPage, runbookFiles } from "./index.ts";

function index(): { alert: string; page?: string }[] {
  return JSON.parse(generate().get("runbooks/pages/index.json") ?? "").runbooks;
}

describe("runbooks", () => {
  it("are there under the name that the alert links to, and in both indexes", () => {
    const files = generate();
    for (const { name } of SYMPTOMS) {
      const page = new URL(runbookUrl({ name }, EXAMPLE_LINKS)).pathname.replace(
        "/runbooks",
        "runbooks/pages",
      );
      expect(files.get(page)).toContain(`# ${name}\n`);
      expect(files.get("runbooks/pages/README.md")).toContain(`[${name}](${name}.md)`);
    }
    expect(index().flatMap(({ page }) => page ?? [])).toEqual(SYMPTOMS.map(({ name }) => `${name}.md`));
  });

  it("ask three to five things in the first five minutes, and have a way back for every fix", () => {
    for (const { name, runbook } of SYMPTOMS) {
      const { firstFiveMinutes, causes, mitigations } = runbook;
      expect([3, 4, 5], name).toContain(firstFiveMinutes.length);
      expect(causes.length, name).toBeGreaterThan(0);
      expect(mitigations.length, name).toBeGreaterThan(0);
      expect(causes.filter(({ fix, undo }) => fix.length === 0 || undo.length === 0)).toEqual([]);
    }
  });

  it("name a question once, and say which answers are healthy", () => {
    for (const { name, runbook } of SYMPTOMS) {
      const asked = [...questionsOf(runbook), ...commandQuestionsOf(runbook)];
      expect(new Set(asked.map(({ id }) => id)).size, name).toBe(asked.length);
      for (const { id, asks, healthy } of asked) {
        expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(asks, id).toMatch(/\?$/);
        expect(healthy.least ?? healthy.most, id).toBeTypeOf("number");
      }
    }
  });

  it("speak only of causes that they have", () => {
    for (const { name, runbook } of SYMPTOMS) {
      const ids = runbook.causes.map(({ id }) => id);
      expect(new Set(ids).size, name).toBe(ids.length);
      expect(ids, name).toEqual(
        expect.arrayContaining(runbook.causes.flatMap(({ explains = [] }) => explains)),
      );
      const named = JSON.stringify(runbook).matchAll(/the cause \\"([^"\\]+)\\"/g);
      const titles = runbook.causes.map(({ title }) => title);
      for (const [, title] of named) expect(titles, name).toContain(title);
    }
  });

  it("have no number in a command that could be wrong for whoever runs it", () => {
    for (const { name, runbook } of SYMPTOMS) {
      const commands = stepsOf(runbook).flatMap(({ command = "" }) =>
        typeof command === "string" ? [command] : Object.values(command),
      );
      for (const command of commands)
        expect(command, name).not.toMatch(/\b(?:maxmemory|maxclients|replicas=?)\s*"?\d/);
    }
  });

  it("check the causes of a high 4401 in the order that on-call asked for", () => {
    const symptom = SYMPTOMS.find(({ name }) => name === "WsAuthCloseSpike");
    expect(symptom?.runbook.causes.map(({ title }) => title)).toEqual([
      "Token expiry settings",
      "refreshAccessToken does not work",
      "Session store (Redis) health",
      "Recent changes of the auth middleware",
    ]);
  });

  it("check the causes of a high reconnection rate in the order that on-call asked for, then the servers' own cuts", () => {
    const symptom = SYMPTOMS.find(({ name }) => name === "WsReconnectStorm");
    expect(symptom?.runbook.causes.map(({ title }) => title)).toEqual([
      "Load-balancer health",
      "Proxy (nginx) idle timeouts",
      "Redis connection-pool exhaustion",
      "Server CPU/memory",
      "Servers cut connections themselves",
    ]);
  });

  it("ask a server for every code that the alert counts, each app for itself, and know its own reasons", () => {
    const catalog = createCatalog({
      closeCodes: {
        "4010": {
          name: "signed out",
          meaning: "The session was ended elsewhere",
          userSees: "authentication failed",
        },
        "4011": { name: "idle", meaning: "Nobody wrote.", userSees: "error" },
      },
      closeReasons: { signed_out: 4010, idle: 4011 },
    });
    const page = runbookFiles(catalog, EXAMPLE_LINKS).get("WsAuthCloseSpike.md") ?? "";
    expect(page).toContain(
      'sum by (instance, reason) (increase(ws_closes_total{code=~"3000|4010|4401"}[15m]))',
    );
    expect(page).toContain("`signed_out` (4010, signed out): The session was ended elsewhere.");
    expect(page).toContain('(.reason == "authentication_expired" or .reason == "signed_out")');
    expect(page).not.toMatch(/`idle`|code="4401"/);
  });
});

describe("the page of own metrics", () => {
  it.each([
    [true, "Each has the labels `app` and `release`, too."],
    [false, "Each has the label `app`, too."],
  ])("names the labels that all of them have, with releases: %j", (hasReleases, text) => {
    expect(ownMetricsPage(createCatalog({ hasReleases }))).toContain(text);
  });

  it("says of a histogram what becomes of every layout that it has had", () => {
    const layout = { id: "order-2", bounds: [1, 5], max: 60 };
    const histogram: DocumentedMetric = {
      symbol: "ORDER_SECONDS",
      metric: { type: "histogram", name: "order_seconds", labels: {}, layout },
      help: "Time.",
      unit: "seconds",
      readAs: "",
      doNot: "",
      olderLayouts: [
        { layout: { ...layout, id: "order-1", bounds: [1, 3, 5] } },
        { layout: { ...layout, id: "order-0", bounds: [3] }, keptAs: "order_seconds_layout_0" },
      ],
    };
    const page = ownMetricsPage(createCatalog({ metrics: [histogram] }));
    expect(page).toContain(
      "`order-2`: 1, 5; what older bundles send in the layout `order-1` (1, 3, 5) is counted in these buckets, exactly; what older bundles send in the layout `order-0` (3) stays `order_seconds_layout_0`",
    );
  });
});
