import type { Symptom } from "@sockscope/alerts";
import type { Firing } from "./firing.ts";
import type { Labels } from "./prometheus.ts";

/** What a diagnosis is of: a symptom, and of whom, as far as labels say it. */
export interface Subject {
  readonly symptom: Symptom;
  /** Those of the alert that the series of questions may have, too; none where it does not fire. */
  readonly labels: Labels;
  /** The rules and series that fire for it. */
  readonly firing: readonly Firing[];
}

/** By which an alert is of somebody: others, such as an instance or a rule's evidence, are details of the same incident. */
function tellingLabels(environmentLabels: readonly string[]): readonly string[] {
  return ["app", "job", ...environmentLabels];
}

function isPartOf(part: Labels, whole: Labels): boolean {
  return Object.entries(part).every(([name, value]) => whole[name] === value);
}

/** What fires without saying for whom is of everybody for whom the same fires. */
function folded(groups: readonly Subject[]): readonly Subject[] {
  const narrower = ({ labels }: Subject): readonly Subject[] =>
    groups.filter(
      (other) =>
        Object.keys(other.labels).length > Object.keys(labels).length && isPartOf(labels, other.labels),
    );
  return groups
    .filter((group) => narrower(group).length === 0)
    .map((group) => ({
      ...group,
      firing: groups.filter(({ labels }) => isPartOf(labels, group.labels)).flatMap(({ firing }) => firing),
    }));
}

/** What is to be diagnosed of a symptom: each for whom it fires, else the symptom itself. */
export function subjectsOf(
  symptom: Symptom,
  firing: readonly Firing[],
  environmentLabels: readonly string[],
): readonly Subject[] {
  const telling = tellingLabels(environmentLabels);
  const groups = new Map<string, Subject>();
  for (const one of firing.filter(({ labels }) => labels["alertname"] === symptom.name)) {
    const labels = Object.fromEntries(
      telling.flatMap((name) => (one.labels[name] ? [[name, one.labels[name]]] : [])),
    );
    const key = JSON.stringify(labels);
    groups.set(key, { symptom, labels, firing: [...(groups.get(key)?.firing ?? []), one] });
  }
  return groups.size === 0 ? [{ symptom, labels: {}, firing: [] }] : folded([...groups.values()]);
}
