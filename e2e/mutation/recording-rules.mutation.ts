import { ALERTS } from "@sockscope/alerts";
import { describe, expect, it } from "vitest";
import { expressionMutants } from "../testing/mutants/expression-mutants.test-support.ts";
import { type PromtoolTest, shortFirst } from "../testing/mutants/judged-together.test-support.ts";
import { numbered } from "../testing/mutants/mutant.test-support.ts";
import {
  type FiledRecording,
  mentions,
  RECORDINGS,
  readSuspect,
  recordedSuspect,
} from "../testing/mutants/recording-suspects.test-support.ts";
import { ALL_WELL, judge, type Stage, unknownAccepted } from "../testing/mutants/survivors.test-support.ts";
import { recordingGroups } from "../testing/rule-groups.test-support.ts";
import { type AlertScenario, readScenarios } from "../testing/scenarios.test-support.ts";
import { recordedTargetTests, type TargetCase } from "../testing/target-tests.test-support.ts";

const OF_WHAT_IS_RECORDED: readonly PromtoolTest[] = [
  ...readScenarios<PromtoolTest>("recording-rules.yml"),
  ...readScenarios<TargetCase>("targets.yml").flatMap(recordedTargetTests),
];
const OF_ALERTS = ["alerts.yml", "alert-limits.yml"].flatMap((file) => readScenarios<AlertScenario>(file));

/** Tests by how often their rules are evaluated: as often as their series have samples. */
function ofRecord(filed: FiledRecording): readonly Stage<string>[] {
  const own = OF_WHAT_IS_RECORDED.filter((test) => mentions(filed.rule.record, test.promql_expr_test));
  const intervals = [...new Set(own.map(({ interval }) => interval))];
  return intervals.map((interval) => ({
    tests: own.filter((test) => test.interval === interval),
    evaluationInterval: interval,
    suspect: (expr, number) => recordedSuspect(filed, expr, number),
  }));
}

/** Tests of the alerts that read it. */
function ofReaders(filed: FiledRecording): readonly Stage<string>[] {
  const { record } = filed.rule;
  const readers = ALERTS.filter(({ expression }) => mentions(record, expression.promql));
  const names: readonly string[] = readers.map(({ name }) => name);
  const others = recordingGroups(readers.map(({ expression }) => expression))
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => !mentions(record, rule)) }))
    .filter(({ rules }) => rules.length > 0);
  const tests = OF_ALERTS.filter(({ alert_rule_test }) =>
    alert_rule_test.some(({ alertname }) => names.includes(alertname)),
  );
  return shortFirst(tests).map((stage) => ({
    tests: stage,
    suspect: (expr, number) => readSuspect(filed, expr, number, others),
  }));
}

const EACH = RECORDINGS.map((filed) => ({
  record: filed.rule.record,
  filed,
  mutants: numbered(expressionMutants(filed.rule.expression.node)),
}));

describe.concurrent.each(EACH)("$record", ({ record, filed, mutants }) => {
  it("is noticed wherever it is wrong", async () => {
    expect(unknownAccepted(record, mutants)).toEqual([]);
    const stages = [...ofRecord(filed), ...ofReaders(filed)];
    expect(await judge(record, filed.rule.expression.promql, mutants, stages)).toEqual(ALL_WELL);
  });
});
