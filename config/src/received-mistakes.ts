import type { Mistake } from "./config-error.ts";
import { pathText, valueTextAt } from "./mistakes.ts";

/** A half of a character: what is UTF-8 elsewhere cannot say it, and two that differ here would be one there. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/** Something that was received, and where: a path would be copied for each, and they may nest by the thousand. */
interface Place {
  readonly parent: Place | undefined;
  readonly key: string | number;
  readonly value: unknown;
}

/**
 * What is wrong with a configuration wherever it stands, and what the declaration does not see: texts that are no Unicode, and
 * a key that every object has. Without recursion, since what was received may nest deeper than a stack.
 */
export function receivedMistakes(received: unknown): Mistake[] {
  const mistakes: Mistake[] = [];
  const seen = new Set<unknown>();
  const left = placesIn(received);
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    const problem = problemOf(place);
    if (problem !== undefined) mistakes.push({ path: pathText(pathOf(place)), problem });
    else if (!seen.has(place.value)) {
      seen.add(place.value);
      for (const inner of placesIn(place.value, place)) left.push(inner);
    }
  }
  return mistakes;
}

function problemOf(place: Place): string | undefined {
  const { key, value } = place;
  if (key === "__proto__") return "is not possible as a name; every object of JavaScript has it; use another";
  if (HALF_CHARACTER.test(String(key)))
    return "is not possible as a name; it has half a character; write whole ones";
  return typeof value === "string" && HALF_CHARACTER.test(value)
    ? `${valueTextAt(pathOf(place), value)} has half a character; write whole ones`
    : undefined;
}

/** The last first, as they are taken from the end. */
function placesIn(value: unknown, parent?: Place): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value)
    .reverse()
    .map(([key, inner]) => ({ parent, key: isList ? Number(key) : key, value: inner }));
}

function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) path.push(at.key);
  return path.reverse();
}
