import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { FOREIGN_METRICS, PROMETHEUS_METRICS } from "@sockscope/alerts";
import { ALERT_THRESHOLDS, DEFAULT_CATALOG, type DocumentedMetric, REFUSAL_CODE } from "@sockscope/catalog";
import { DASHBOARDS, panelsOf } from "@sockscope/dashboards";
import { recordingGroups } from "@sockscope/slo";
import { describe, expect, it } from "vitest";

const FOLDER = fileURLToPath(new URL("../../runbooks/pages/", import.meta.url));

const PAGES = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({ file, text: readFileSync(`${FOLDER}${file}`, "utf8") }));

/** What a page says in words: without queries and commands, which are held to what they read by themselves. */
function prose(text: string): string {
  return text.replaceAll(/^\s*```[\s\S]*?^\s*```$/gm, "");
}

function seriesOf({ metric, olderLayouts = [] }: DocumentedMetric): string[] {
  if (metric.type === "counter" || metric.type === "gauge") return [metric.name];
  const names = [metric.name, ...olderLayouts.flatMap(({ keptAs }) => keptAs ?? [])];
  const parts = ["", "_bucket", "_sum", "_count", "_gsum", "_gcount"];
  return names.flatMap((name) => parts.map((part) => `${name}${part}`));
}

const { clientMetrics, collectorMetrics, serverMetrics, closeCodes } = DEFAULT_CATALOG;
const SERIES = [...clientMetrics, ...collectorMetrics, ...serverMetrics].flatMap(seriesOf);
const RECORDED = recordingGroups(DEFAULT_CATALOG).flatMap(({ rules }) => rules.map(({ record }) => record));
const FOREIGN = [...FOREIGN_METRICS, ...PROMETHEUS_METRICS].map(({ name }) => name);
const PANELS = DASHBOARDS.flatMap((dashboard) => panelsOf(dashboard).map(({ title }) => title));

/** Without the product's name, which each begins with. */
const DASHBOARD_NAMES = DASHBOARDS.map(({ title }) => title.replace(/^.* \/ /, ""));

/** What is named, and what there is of its kind; of a name with a group, the group. */
const NAMED: Readonly<Record<string, { readonly name: RegExp; readonly known: readonly string[] }>> = {
  "metrics of ours": { name: /(?<![\w:])((?:ws|sockscope)_[a-z0-9_]+)(?![\w:])/g, known: SERIES },
  "recorded series": { name: /(?<![\w:])([a-z_]*:ws_[a-z0-9_]+:[a-z0-9_]+)/g, known: RECORDED },
  "metrics of others": {
    name: /(?<!\w)((?:process|nodejs|prometheus|alertmanager|scrape|redis|nginx)_[a-z0-9_]+)(?!\w)/g,
    known: FOREIGN,
  },
  alerts: { name: /\b(Ws[A-Z][A-Za-z]+|Watchdog)\b/g, known: Object.keys(ALERT_THRESHOLDS) },
  refusals: { name: /\b(SOCKSCOPE_ERR_[A-Z_]+)\b/g, known: REFUSAL_CODE },
  panels: { name: /\bpanels? "([^"]+)"/g, known: PANELS },
  dashboards: { name: /\bdashboard ([A-Z]\w+)/g, known: DASHBOARD_NAMES },
};

describe.each(Object.entries(NAMED))("pages of runbooks name %s", (_kind, { name, known }) => {
  it("that there are", () => {
    const wrong = PAGES.flatMap(({ file, text }) =>
      [...text.matchAll(name)]
        .filter(([, named = ""]) => !known.includes(named))
        .map(([, named]) => `${file}: ${named}`),
    );
    expect(wrong).toEqual([]);
  });

  it("at least once, so that this would see one that is wrong", () => {
    expect(PAGES.some(({ text }) => text.match(name) !== null)).toBe(true);
  });
});

describe("pages of runbooks name close codes", () => {
  it("that there are, wherever they write a number that looks like one and is no bound and no time", () => {
    const labels = closeCodes.map(({ label }) => label);
    const wrong = PAGES.flatMap(({ file, text }) =>
      [
        ...prose(text)
          .replaceAll("**", "")
          .matchAll(
            /(?<![\w.:])(?<!\b(?:at most|at least|more than|less than|to) )([134]\d{3}|[34]xxx)(?![\w.:]*\d)(?! (?:to \d|s\b))/g,
          ),
      ]
        .filter(([, code = ""]) => !labels.includes(code))
        .map(([, code]) => `${file}: ${code}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("pages of runbooks name causes", () => {
  it("that the page has", () => {
    const wrong = PAGES.flatMap(({ file, text }) => {
      const titles = [...text.matchAll(/^### \d+\. (.+)$/gm)].map(([, title]) => title);
      const named = [...text.matchAll(/\bcause "([^"]+)"/g)].map(([, title]) => title);
      return named.filter((title) => !titles.includes(title)).map((title) => `${file}: ${title}`);
    });
    expect(wrong).toEqual([]);
  });
});
