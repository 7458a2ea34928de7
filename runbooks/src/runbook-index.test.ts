import { ALERTS, EXAMPLE_LINKS, inhibitions, SYMPTOMS } from "@sockscope/alerts";
import { createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { runbookFiles } from "./index.ts";

const files = runbookFiles(DEFAULT_CATALOG, EXAMPLE_LINKS);
const page = files.get("README.md") ?? "";

function alertsBelow(heading: string): string[] {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const [table = ""] = section.split("\n## ");
  return [...table.matchAll(/^\| \[?(\w+)\]?/gm)].flatMap(([, name = ""]) =>
    name === "alert" ? [] : [name],
  );
}

describe("the index of runbooks", () => {
  it("has those that page first, and every alert once", () => {
    const paging = new Set(ALERTS.filter(({ severity }) => severity === "page").map(({ name }) => name));
    const names = SYMPTOMS.map(({ name }) => name);
    expect(alertsBelow("Alerts that page")).toEqual(names.filter((name) => paging.has(name)));
    expect(alertsBelow("Alerts that wait for the morning")).toEqual(
      names.filter((name) => !paging.has(name)),
    );
  });

  it("says which one to begin with: nobody is kept quiet by one that stands further down", () => {
    const all = inhibitions(DEFAULT_CATALOG);
    expect(all.map(({ source }) => source)).toEqual([
      "WsCollectorDown",
      "WsServerMetricsMissing",
      "WsMassDisconnect",
    ]);
    for (const [position, { targets }] of all.entries()) {
      const earlier = all.slice(0, position).map(({ source }) => source);
      expect(targets.filter((target) => earlier.includes(target))).toEqual([]);
    }
    const steps = [...page.matchAll(/^\d\. \[?(\w+)/gm)].map(([, name]) => name);
    expect(steps).toEqual(all.map(({ source }) => source));
  });

  it("speaks of no alert that the deployment silenced", () => {
    const catalog = createCatalog({ silencedAlerts: ["Watchdog", "WsCollectorDown"] });
    const silenced = runbookFiles(catalog, EXAMPLE_LINKS);
    expect(silenced.get("README.md")).not.toMatch(/Watchdog|WsCollectorDown/);
  });

  it("and what it leads to lead to pages and parts that are there", () => {
    for (const [file, text] of files) {
      const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)/g)];
      for (const [, target = "", part] of links) {
        const of = files.get(target === "" ? file : target);
        expect(of, `${file}: ${target}`).toBeDefined();
        const heading = part?.slice(1).replaceAll("-", " ") ?? "";
        expect(of?.toLowerCase(), `${file}: ${target}${part}`).toContain(
          heading === "" ? "" : `# ${heading}\n`,
        );
      }
    }
  });
});
