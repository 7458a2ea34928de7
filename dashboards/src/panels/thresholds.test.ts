import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { errorBudget, FASTEST_BURN_RATE } from "@sockscope/slo";
import { describe, expect, it } from "vitest";
import { type BuiltPanel, builtPanels } from "../testing/built-panels.test-support.ts";
import { lineSteps, verdictSteps } from "./thresholds.ts";

describe("a line's bad side", () => {
  it.each([
    ["above", { verdict: ["green", "red"], line: ["transparent", "red"] }],
    ["below", { verdict: ["red", "green"], line: ["red", "transparent"] }],
  ] as const)("is red, %s it, and begins at the line", (badSide, { verdict, line }) => {
    const [below, above] = verdict;
    expect(verdictSteps({ at: 0.2, badSide })).toEqual([{ color: below }, { from: 0.2, color: above }]);
    const [under, over] = line;
    expect(lineSteps({ at: 0.2, badSide })).toEqual([{ color: under }, { from: 0.2, color: over }]);
  });
});

/** The colour that a value has. */
function colorOf({ fieldConfig }: BuiltPanel, value: number): string {
  const { steps = [] } = fieldConfig?.defaults.thresholds ?? {};
  return steps.filter((step) => step.value === null || value >= step.value).at(-1)?.color ?? "";
}

const { targets, thresholds } = DEFAULT_CATALOG;

/** Where a colour ends and the next begins, from the lowest value on. */
type Change = readonly [below: string, at: number, from: string];

const ONE_EVENT = 1;
const PAGED_CONNECTS = 1 - FASTEST_BURN_RATE * errorBudget(targets.connect_success);
const CONNECTS: readonly Change[] = [
  ["red", PAGED_CONNECTS, "orange"],
  ["orange", targets.connect_success.objective.share, "green"],
];
const CUTS: readonly Change[] = [["green", targets.reconnection_storms.objective.share, "red"]];

const IN_TIME: readonly Change[] = [
  ["red", 1 - thresholds.WsMessageLatencyHigh.lateSharePage, "orange"],
  ["orange", targets.message_latency.objective.share, "green"],
];
const UNANSWERED: readonly Change[] = [
  ["green", FASTEST_BURN_RATE * errorBudget(targets.message_delivery), "orange"],
  ["orange", thresholds.WsMessagesNotAppearing.unansweredShare, "red"],
];

const VERDICTS: Readonly<Record<string, readonly Change[]>> = {
  "Alerts that page": [["green", ONE_EVENT, "red"]],
  "Users who see an error": [["green", thresholds.WsAuthCloseSpike.share, "red"]],
  "Connections gone": [["green", thresholds.WsMassDisconnect.lostShare, "red"]],
  "Can connect": CONNECTS,
  "First attempts that connect": CONNECTS,
  "Timely messages": IN_TIME,
  "Messages in time": IN_TIME,
  Unanswered: UNANSWERED,
  "Messages without an answer": UNANSWERED,
  "Sessions signed out": [["green", ONE_EVENT, "purple"]],
  "Cuts a session within the hour": CUTS,
  "Cuts a session within five minutes": CUTS,
  "Users who gave up within the hour": [["green", ONE_EVENT, "orange"]],
  "Duplicates that users saw": [["green", ONE_EVENT, "red"]],
  "Messages that could not be sent": [["green", thresholds.WsMessageSendErrors.share, "red"]],
  "Coverage, of the day before": [["red", thresholds.WsClientTelemetryLost.ofYesterday, "green"]],
  "Collectors that are down": [["green", ONE_EVENT, "red"]],
  "Batches refused": [["green", thresholds.WsCollectorRejecting.refusedShare, "red"]],
  "Batches that never came": [["green", thresholds.WsClientTelemetryLost.gapShare, "red"]],
};

describe("a big number's verdict", () => {
  const judging = builtPanels().filter(
    ({ type, fieldConfig }) => type === "stat" && (fieldConfig?.defaults.thresholds?.steps.length ?? 0) > 1,
  );

  it("is listed here, each of them", () => {
    expect([...new Set(judging.map(({ title }) => title))].sort()).toEqual(Object.keys(VERDICTS).sort());
  });

  it.each(Object.entries(VERDICTS))("has its colour on both sides of its line: %s", (title, changes) => {
    const panels = judging.filter((built) => built.title === title);
    for (const built of panels)
      for (const [below, at, from] of changes) {
        // An increase is extrapolated, so that one event may be less than one.
        const [under, over] = at === ONE_EVENT ? [0, 0.9] : [0.999 * at, 1.001 * at];
        expect([colorOf(built, under), colorOf(built, over)]).toEqual([below, from]);
      }
  });
});
