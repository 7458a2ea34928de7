import { type Question, questionsOf, SYMPTOMS } from "@sockscope/alerts";
import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import type { Outcome } from "./answer.ts";
import { type Diagnosis, diagnose, promqlOf } from "./diagnosis.ts";
import { hearingQueries } from "./hearing.ts";
import type { Labels } from "./prometheus.ts";

const NOTHING: Outcome = { samples: [], warnings: [] };

/** Series of these labels, each at 1. */
function seriesOf(...labels: readonly Labels[]): Outcome {
  return { samples: labels.map((each) => ({ labels: each, value: 1 })), warnings: [] };
}

const APP = seriesOf({ app: "chat" });
const SERVERS = seriesOf({ app: "chat", job: "chat-server" });

const [BROWSERS = "", SCRAPED = "", COLLECTORS = "", PAGES_RECORDED = "", CONNECTIONS_RECORDED = ""] =
  hearingQueries(DEFAULT_CATALOG);

/** All are heard, and nothing happens. */
const HEARD: Readonly<Record<string, Outcome>> = {
  [BROWSERS]: APP,
  [SCRAPED]: SERVERS,
  [COLLECTORS]: seriesOf({ job: "collector" }),
  [PAGES_RECORDED]: APP,
  [CONNECTIONS_RECORDED]: seriesOf({ job: "chat-server" }),
};

function symptomNamed(name: string): (typeof SYMPTOMS)[number] {
  return SYMPTOMS.find((one) => one.name === name) ?? expect.fail(`There is no ${name}.`);
}

function diagnosisOf(
  name: string,
  outcomes: Readonly<Record<string, Outcome>>,
  labels: Labels = { app: "chat" },
): Diagnosis {
  const subject = { symptom: symptomNamed(name), labels, firing: [] };
  return diagnose(subject, DEFAULT_CATALOG, (promql) => outcomes[promql] ?? NOTHING);
}

function answerOf({ answers }: Diagnosis, id: string): unknown {
  return answers.find((one) => one.question.id === id) ?? expect.fail(`${id} was not asked.`);
}

function isHealthyInSilence({ withoutSeries }: Question): boolean {
  return withoutSeries.verdict === "healthy";
}

describe("that a question has no series", () => {
  it("means what its runbook says while those are heard who would tell", () => {
    for (const { name, runbook } of SYMPTOMS) {
      const diagnosis = diagnosisOf(name, HEARD);
      for (const { id, withoutSeries } of questionsOf(runbook).filter(isHealthyInSilence))
        expect(answerOf(diagnosis, id)).toMatchObject({
          verdict: withoutSeries.verdict,
          says: withoutSeries.means,
        });
    }
  });

  it.each([
    ["browsers", BROWSERS, "WsReconnectStorm", "failed-attempts", "Not known: browsers are not heard."],
    ["servers", SCRAPED, "WsHandshakeForbidden", "forbidden-share", "Not known: servers are not scraped."],
    [
      "servers of what is recorded",
      SCRAPED,
      "WsMassDisconnect",
      "lost-closes",
      "Not known: servers are not scraped.",
    ],
    [
      "the rules of what browsers tell",
      PAGES_RECORDED,
      "WsReconnectStorm",
      "cuts-per-page",
      "Not known: the recording rules have nothing of it: there is no app:ws_client_sessions_active:sum.",
    ],
    [
      "the rules of what servers tell",
      CONNECTIONS_RECORDED,
      "WsMassDisconnect",
      "restart-closes",
      "Not known: the recording rules have nothing of it: there is no job:ws_connections_active:sum.",
    ],
  ])("says nothing without %s", (_, silent, name, id, says) => {
    const diagnosis = diagnosisOf(name, { ...HEARD, [silent]: NOTHING });
    expect(answerOf(diagnosis, id)).toMatchObject({ verdict: "unknown", says });
  });

  it("says nothing without one of two sides that it is about", () => {
    for (const silent of [BROWSERS, SCRAPED])
      expect(
        answerOf(diagnosisOf("WsMessageLatencyHigh", { ...HEARD, [silent]: NOTHING }), "held-up"),
      ).toMatchObject({
        verdict: "unknown",
      });
  });

  it("says what it says of servers while only browsers are silent", () => {
    const diagnosis = diagnosisOf("WsHandshakeForbidden", { ...HEARD, [BROWSERS]: NOTHING });
    expect(answerOf(diagnosis, "forbidden-share")).toMatchObject({ verdict: "healthy" });
  });

  it("rules no cause out where nobody is heard", () => {
    const { causes } = diagnosisOf("WsHandshakeForbidden", {});
    expect(causes.map(({ state }) => state)).not.toContain("ruled out");
  });

  it("says nothing where it is not known who is heard", () => {
    const outcomes = { ...HEARD, [SCRAPED]: { failure: "it took too long" } };
    expect(answerOf(diagnosisOf("WsHandshakeForbidden", outcomes), "forbidden-share")).toMatchObject({
      verdict: "unknown",
      says: "Not known: it took too long.",
    });
  });

  it("says nothing of an app of which only others' servers tell", () => {
    const { query } = questionOf("WsAuthCloseSpike", "expired-share");
    const others = { ...HEARD, [BROWSERS]: seriesOf({ app: "shop" }), [query.promql]: APP };
    const labels = { app: "shop" };
    expect(answerOf(diagnosisOf("WsAuthCloseSpike", others, labels), "expired-share")).toMatchObject({
      verdict: "unknown",
      says: "No series of app=shop; there are some of app=chat.",
    });
    const told = { ...others, [SCRAPED]: seriesOf({ app: "chat" }, { app: "shop" }) };
    expect(answerOf(diagnosisOf("WsAuthCloseSpike", told, labels), "expired-share")).toMatchObject({
      verdict: "healthy",
    });
  });
});

function questionOf(name: string, id: string): Question {
  const asked = questionsOf(symptomNamed(name).runbook);
  return asked.find((one) => one.id === id) ?? expect.fail(`${name} does not ask ${id}.`);
}

describe("who is heard", () => {
  it("is asked with everything else", () => {
    const subject = { symptom: symptomNamed("WsAuthCloseSpike"), labels: {}, firing: [] };
    const asked = promqlOf(subject, DEFAULT_CATALOG);
    expect(asked).toEqual(expect.arrayContaining([...hearingQueries(DEFAULT_CATALOG)]));
    expect(new Set(asked).size).toBe(asked.length);
  });

  it("keeps environments apart", () => {
    const queries = hearingQueries({ ...DEFAULT_CATALOG, environmentLabels: ["cluster"] });
    expect(queries.filter((promql) => !promql.includes("cluster"))).toEqual([]);
  });
});
