import { createCatalog } from "@sockscope/catalog";
import { recordingGroups, slis } from "@sockscope/slo";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { alertingFiles, alerts, EXAMPLE_LINKS, EXAMPLE_RECEIVERS, queriesOf, symptoms } from "./index.ts";

const CATALOG = createCatalog({ environmentLabels: ["cluster", "namespace"] });

const RUNBOOK_QUERIES = symptoms(CATALOG).flatMap(({ runbook }) => queriesOf(runbook));

const EXPRESSIONS = {
  alerts: alerts(CATALOG).map(({ expression }) => expression),
  "queries of runbooks": RUNBOOK_QUERIES,
  "values of SLIs": slis(CATALOG).map(({ value }) => value),
  "SLIs that meet their target": slis(CATALOG).map(({ met }) => met),
  "recording rules": recordingGroups(CATALOG).flatMap(({ rules }) =>
    rules.map(({ expression }) => expression),
  ),
};

describe.each(Object.entries(EXPRESSIONS))(
  "where there are several environments, %s",
  (_what, expressions) => {
    const queries = expressions.map(({ promql }) => promql.replaceAll(/\s+/g, " "));

    it("keep them apart in every aggregation", () => {
      const aggregations = queries.flatMap((query) => [
        ...query.matchAll(/(?<!:)\b(?:sum|count|group)\b[^(]*\([^)]*\)/g),
      ]);
      expect(aggregations.length).toBeGreaterThan(0);
      expect(
        aggregations.filter(([aggregation]) => !aggregation.includes(" by (cluster, namespace")),
      ).toEqual([]);
    });

    it("match by them, except what is absent from all of them", () => {
      const matched = queries.flatMap((query) => [...query.matchAll(/\bon \([^)]*\) \w+/g)].map(String));
      expect(
        matched.filter((text) => !text.startsWith("on (cluster, namespace") && text !== "on () absent"),
      ).toEqual([]);
    });

    it("read what is recorded for each of them", () => {
      const recorded = queries.flatMap((query) => [...query.matchAll(/\w*:ws_[\w:]+/g)].map(String));
      expect(recorded.filter((name) => !name.startsWith("cluster_namespace"))).toEqual([]);
    });
  },
);

it("alerts say which one they are about, as far as they are about one", () => {
  for (const { name, expression, description } of alerts(CATALOG))
    for (const label of CATALOG.environmentLabels)
      expect(description.includes(`$labels.${label}`), name).toBe(expression.labels.includes(label));
  expect(alerts(CATALOG).filter(({ expression }) => !expression.labels.includes("cluster"))).toMatchObject([
    { name: "Watchdog" },
  ]);
});

it("notifications are one for each environment", () => {
  const routing = alertingFiles(CATALOG, EXAMPLE_LINKS, EXAMPLE_RECEIVERS).get("alertmanager.yml") ?? "";
  expect(parse(routing).route.group_by).toEqual(["alertname", "cluster", "namespace", "app", "job"]);
});

it("recording rules have names that say so", () => {
  const names = recordingGroups(CATALOG).flatMap(({ rules }) => rules.map(({ record }) => record));
  expect(names.filter((name) => !name.startsWith("cluster_namespace"))).toEqual([]);
});
