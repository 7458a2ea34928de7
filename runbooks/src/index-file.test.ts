import { EXAMPLE_LINKS, questionsOf, SYMPTOMS } from "@sockscope/alerts";
import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { type RunbookIndex, runbookFiles } from "./index.ts";

const files = runbookFiles(DEFAULT_CATALOG, EXAMPLE_LINKS);
const index = JSON.parse(files.get("index.json") ?? "") as RunbookIndex;

describe("index.json", () => {
  it("has each alert with its severities, and a page where there is one", () => {
    expect(index.version).toBe(1);
    expect(index.runbooks.map(({ alert }) => alert)).toEqual(SYMPTOMS.map(({ name }) => name));
    for (const { alert, page, severities, summary } of index.runbooks) {
      expect(severities.length, alert).toBeGreaterThan(0);
      expect(summary, alert).not.toBe("");
      if (page !== undefined) expect(files.has(page), alert).toBe(true);
    }
  });

  it("has all that a bot asks: each question's query, and between which values its answer is healthy", () => {
    for (const { name, runbook } of SYMPTOMS) {
      const indexed = index.runbooks.find(({ alert }) => alert === name);
      expect(indexed?.questions).toEqual(
        questionsOf(runbook).map(({ id, asks, query, unit, healthy, withoutSeries }) => ({
          id,
          asks,
          query: query.promql,
          unit,
          healthy,
          withoutSeries: withoutSeries.verdict,
        })),
      );
    }
  });

  it("refers by id only to questions and causes that it has", () => {
    for (const { alert, page, questions = [], causes = [], ...parts } of index.runbooks) {
      if (page === undefined) continue;
      const { isReal = "", oneOrMany = "", firstFiveMinutes = [], doneWhen = [] } = parts;
      const ids = questions.map(({ id }) => id);
      const named = [
        ...[isReal, oneOrMany, ...firstFiveMinutes, ...doneWhen],
        ...causes.flatMap(({ confirm, verify }) => [confirm, verify]),
      ];
      expect(
        named.filter((id) => !ids.includes(id)),
        alert,
      ).toEqual([]);
      const known = causes.map(({ id }) => id);
      expect(causes.flatMap(({ explains }) => explains).filter((id) => !known.includes(id))).toEqual([]);
    }
  });

  it("is laid out as its documentation says", () => {
    const auth = index.runbooks.find(({ alert }) => alert === "WsAuthCloseSpike");
    expect(Object.keys(index)).toEqual(["generated", "version", "runbooks"]);
    expect(Object.keys(auth ?? {})).toEqual([
      ...["alert", "severities", "summary", "page", "impact", "isReal", "oneOrMany"],
      ...["firstFiveMinutes", "doneWhen", "questions", "causes"],
    ]);
    expect(auth?.causes?.[1]).toEqual({
      id: "refresh-fails",
      title: "refreshAccessToken does not work",
      confirm: "failed-refreshes",
      verify: "failed-refreshes",
      explains: ["token-expiry"],
    });
  });
});
