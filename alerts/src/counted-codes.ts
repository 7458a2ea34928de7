import { AFFECTED_SESSIONS, type AlertName, type Catalog, CLOSES, SERVER_CLOSES } from "@sockscope/catalog";
import { type PromqlNode, partsOf } from "@sockscope/promql";
import { recordingGroups } from "@sockscope/slo";
import { alerts } from "./symptoms.ts";

/** What counts closes by their code. */
const COUNTED_IN: readonly string[] = [CLOSES.name, AFFECTED_SESSIONS.name, SERVER_CLOSES.name];

/** The codes that a matcher asks for; a matcher that leaves codes out asks for none by name. */
function codesIn(matcher: string): readonly string[] {
  const [, codes = ""] = /^code=~?"(.*)"$/.exec(matcher) ?? [];
  return codes === "" ? [] : codes.split("|");
}

function codesOf(node: PromqlNode, recorded: ReadonlyMap<string, PromqlNode>): readonly string[] {
  if (node.kind !== "selector") return partsOf(node).flatMap((part) => codesOf(part, recorded));
  const recording = recorded.get(node.name);
  if (recording !== undefined) return codesOf(recording, recorded);
  return COUNTED_IN.includes(node.name) ? node.matchers.flatMap(codesIn) : [];
}

/** Which alerts ask for a close code by name, through what is recorded as well, by the label's value. */
export function alertsByCloseCode(catalog: Catalog): ReadonlyMap<string, readonly AlertName[]> {
  const rules = recordingGroups(catalog).flatMap((group) => group.rules);
  const recorded = new Map<string, PromqlNode>(
    rules.map(({ record, expression }) => [record, expression.node]),
  );
  const counted = alerts(catalog).map(({ name, expression }) => ({
    name,
    codes: codesOf(expression.node, recorded),
  }));
  return new Map(
    catalog.closeCodes.map(({ label }) => {
      const names = counted.filter(({ codes }) => codes.includes(label)).map(({ name }) => name);
      return [label, [...new Set(names)]];
    }),
  );
}
