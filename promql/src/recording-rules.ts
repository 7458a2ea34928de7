import { CLOSES, type LabelSet } from "@sockscope/catalog";
import { atom, type Expression } from "./expression.ts";
import { rate, sumBy } from "./functions.ts";
import { type Match, selector } from "./selector.ts";

/** An expression that Prometheus evaluates at every step and keeps under a name, `level:metric:operation`. */
export interface RecordingRule<L extends string = string> {
  readonly record: string;
  readonly expression: Expression<L>;
}

/** Closes a second as browsers see them, by app and close code. */
export const CLOSES_RATE_5M: RecordingRule<"app" | "code"> = {
  record: "app_code:ws_client_closes:rate5m",
  expression: sumBy(["app", "code"], rate(CLOSES, {}, "5m")),
};

/** Every recording rule. */
export const RECORDING_RULES: readonly RecordingRule[] = [CLOSES_RATE_5M];

/** Reads a recorded expression. */
export function recorded<L extends string>(
  rule: RecordingRule<L>,
  where: { readonly [Name in L]?: Match<string> } = {},
): Expression<L> {
  return atom(selector(rule.record, where as LabelSet), rule.expression.labels);
}
