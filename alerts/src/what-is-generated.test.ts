import { allTargets, TARGETS } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ALERTS, generate, whatIsGenerated } from "./index.ts";

const facts = whatIsGenerated();

describe("what a configuration may set", () => {
  it("is every alert that the rule file has, and no other", () => {
    const { groups } = parse(generate().get("alerts/generated/rules.yml") ?? "") as {
      groups: { rules: { alert?: string }[] }[];
    };
    const named = groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? []));
    expect(Object.keys(facts.alertSettings)).toEqual([...new Set(named)]);
  });

  it("is of an alert what its rule reads", () => {
    expect(facts.alertSettings["WsAuthCloseSpike"]).toEqual(["share", "fewestSessions"]);
  });

  it("is of a target what a panel, a rule or an alert reads, which is every target", () => {
    const numbers = allTargets(TARGETS).map(({ id, objective }) => [
      id,
      ["share", "bound", "count"].filter((key) => key in objective),
    ]);
    expect(facts.targetSettings).toEqual(Object.fromEntries(numbers));
  });
});

describe("what a configuration must not do", () => {
  it("is to have an environment's label that an alert has, whatever alert that is", () => {
    const own = ALERTS.flatMap(({ labels }) => Object.keys(labels ?? {}));
    expect(facts.stampedLabels).toEqual(expect.arrayContaining(["alertname", "severity", ...own]));
  });

  it("is to scrape so seldom that the shortest range holds too little", () => {
    const { shortestRangeSeconds } = facts;
    expect(shortestRangeSeconds).toBe(300);
  });
});
