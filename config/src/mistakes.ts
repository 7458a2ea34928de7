import type { $ZodIssue } from "zod/v4/core";
import type { Mistake } from "./config-error.ts";
import { hidden, mayHoldSecret } from "./hidden-secrets.ts";
import { nearestName } from "./nearest-name.ts";
import { withoutEffect } from "./without-effect.ts";

/** No value is shown at length: a configuration may hold a key. */
const LONGEST_VALUE = 60;

/** The mistakes that the declaration found in what was received. */
export function declaredMistakes(issues: readonly $ZodIssue[], received: unknown, known: KeysOf): Mistake[] {
  return issues.flatMap((issue): Mistake[] => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        problem: withoutEffect(issue.path, key) ?? `is not known${suggestion(key, known(issue.path))}`,
      }));
    const path = pathText(issue.path);
    if (issue.code === "invalid_key") return [{ path, problem: keyProblem(issue) }];
    return [{ path, problem: valueProblem(issue, valueAt(received, issue.path)) }];
  });
}

/** The keys that an object of the declaration can have. */
export type KeysOf = (path: readonly PropertyKey[]) => readonly string[];

/** `apps[0].name`, `closeCodes.4001`; half a character, which cannot be printed, as its replacement. */
export function pathText(path: readonly PropertyKey[]): string {
  const whole = path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
  return whole.replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}

/** A value as a mistake shows it. */
export function valueText(value: unknown): string {
  return typeof value === "number" ? String(value) : shortened(jsonText(value, finite));
}

/** A value as a mistake shows it that is about this place: without what may be a secret there. */
export function valueTextAt(path: readonly PropertyKey[], value: unknown): string {
  return mayHoldSecret(path) ? shortened(jsonText(value, hidden)) : valueText(value);
}

function shortened(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
}

/** JSON has no word for the others, and would say null. */
function finite(value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function jsonText(value: unknown, shown: (inner: unknown) => unknown): string {
  try {
    const written = JSON.stringify(value, (_key, inner: unknown) => shown(inner));
    return written ?? (value === undefined ? "undefined" : `a ${typeof value}`);
  } catch {
    // Nested more deeply than any configuration is.
    return "what is there";
  }
}

function suggestion(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  return nearest === undefined ? "; remove it" : `; did you mean "${nearest}"?`;
}

function keyProblem(issue: Extract<$ZodIssue, { code: "invalid_key" }>): string {
  return `is not possible as a name; ${issue.issues[0]?.message ?? "use another"}`;
}

function valueProblem(issue: $ZodIssue, value: unknown): string {
  if (value === undefined && issue.code === "invalid_type")
    return `is missing; it has to be ${kind(issue.expected)}`;
  const text = valueTextAt(issue.path, value);
  if (issue.code === "invalid_type") return `${text} is not ${kindBeside(issue.expected, value)}`;
  if (issue.code === "invalid_value") {
    const values = issue.values.map((possible) => valueText(possible)).join(", ");
    return value === undefined
      ? `is missing; use one of ${values}`
      : `${text} is not possible; use one of ${values}`;
  }
  if (issue.code === "custom" && issue.message.startsWith("is ")) return `${text} ${issue.message}`;
  return `${text} is not possible; ${advice(issue)}`;
}

function kind(expected: string): string {
  const kinds: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    array: "a list",
    object: "an object",
    record: "an object",
  };
  return kinds[expected] ?? expected;
}

/** Infinity is a number, too. */
function kindBeside(expected: string, value: unknown): string {
  return expected === "number" && typeof value === "number" ? "a finite number" : kind(expected);
}

function advice(issue: $ZodIssue): string {
  // The declaration's own words, where it has some.
  if (!/^(?:Invalid|Too)/.test(issue.message)) return issue.message;
  if (issue.code === "too_small")
    return `use ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
  if (issue.code === "too_big") return `use at most ${issue.maximum}`;
  return issue.message;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}
