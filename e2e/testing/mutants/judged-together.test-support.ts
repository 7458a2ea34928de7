import type { RuleGroup } from "@sockscope/alerts";
import { testRules } from "../promtool.test-support.ts";
import type { InputSeries } from "../series.test-support.ts";

/** A test of promtool's: series, and what is to come of them. */
export interface PromtoolTest {
  readonly name?: string;
  readonly interval: string;
  readonly input_series: readonly InputSeries[];
  readonly alert_rule_test?: readonly object[];
  readonly promql_expr_test?: readonly object[];
}

/** Rules, right or wrong, and what tests expect of them; all under names of their own, by {@link marked}. */
export interface Suspect {
  readonly groups: readonly RuleGroup[];
  /** The same series with what is to come of them; undefined for a test that is about other rules. */
  readonly test: (test: PromtoolTest) => PromtoolTest | undefined;
}

const MARK = /_suspect_(\d+)(?!\d)/g;

/** The name of an alert or of a recorded series, as a suspect's own. */
export function marked(name: string, suspect: number): string {
  return `${name}_suspect_${suspect}`;
}

/** The rules of all, by group; those that several have stand there once. */
function allGroups(suspects: readonly Suspect[]): readonly RuleGroup[] {
  const merged = new Map<string, { group: RuleGroup; rules: Map<string, object> }>();
  for (const group of suspects.flatMap(({ groups }) => groups)) {
    const { rules } = merged.get(group.name) ?? { rules: new Map<string, object>() };
    for (const rule of group.rules) rules.set(JSON.stringify(rule), rule);
    merged.set(group.name, { group, rules });
  }
  return [...merged.values()].map(({ group, rules }) => ({ ...group, rules: [...rules.values()] }));
}

/** A test of all that it is about: the series are made up once for all of them. */
function testOfAll(test: PromtoolTest, suspects: readonly Suspect[]): readonly PromtoolTest[] {
  const own = suspects.flatMap((suspect) => suspect.test(test) ?? []);
  const [first] = own;
  if (first === undefined) return [];
  return [
    {
      ...first,
      alert_rule_test: own.flatMap(({ alert_rule_test = [] }) => alert_rule_test),
      promql_expr_test: own.flatMap(({ promql_expr_test = [] }) => promql_expr_test),
    },
  ];
}

/** How often rules are evaluated; waits of a minute are seen. */
const OFTEN = "1m";

/**
 * The suspects at which no test turns red. promtool evaluates all of them at once, since loading series takes longer than a rule.
 * A rule that cannot be evaluated ends a test for all, so those that are left are tested again until promtool is content.
 *
 * @param suspects by the number that their names are marked with
 */
export async function unnoticed(
  suspects: ReadonlyMap<number, Suspect>,
  tests: readonly PromtoolTest[],
  evaluationInterval = OFTEN,
): Promise<ReadonlySet<number>> {
  const left = new Map(suspects);
  while (left.size > 0) {
    const all = [...left.values()];
    const { passed, output } = await testRules(
      allGroups(all),
      tests.flatMap((test) => testOfAll(test, all)),
      evaluationInterval,
    );
    if (passed) break;
    const noticed = [...output.matchAll(MARK)].map(([, suspect]) => Number(suspect));
    if (noticed.length === 0) throw new Error(output);
    for (const suspect of noticed) left.delete(suspect);
  }
  return new Set(left.keys());
}

const HOUR_MINUTES = 60;

/** When a test looks last, in minutes after its start. */
function minutes(test: PromtoolTest): number {
  const moments = [...(test.alert_rule_test ?? []), ...(test.promql_expr_test ?? [])] as readonly {
    readonly eval_time: string;
  }[];
  return Math.max(
    ...moments.map(({ eval_time }) => {
      const [, days = 0, hours = 0, left = 0] = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?/.exec(eval_time) ?? [];
      return (Number(days) * 24 + Number(hours)) * HOUR_MINUTES + Number(left);
    }),
  );
}

/** By their length: what short tests notice need not be evaluated for days. */
export function shortFirst(tests: readonly PromtoolTest[]): readonly (readonly PromtoolTest[])[] {
  const stages = [2, 4, 8, 16, Number.POSITIVE_INFINITY].map((hours) => hours * HOUR_MINUTES);
  return stages
    .map((longest, index) =>
      tests.filter((test) => minutes(test) <= longest && minutes(test) > (stages[index - 1] ?? -1)),
    )
    .filter((stage) => stage.length > 0);
}
