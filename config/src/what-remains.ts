import type { $ZodIssue } from "zod/v4/core";
import type { Path } from "./contradictions/mistake-at.ts";
import { type Config, DECLARATION } from "./declaration.ts";

/** What of a configuration can be read, though not all of it can. */
export interface Remains {
  readonly config: Config;
  /** The place in what was received of a place in what remains: of lists, entries may be missing. */
  readonly placeOf: (path: Path) => Path;
}

/** Stands where something was that cannot be read. */
const HOLE: unique symbol = Symbol("hole");

/** Stands for apps of which none can be read: without any, nothing else could be. */
const STAND_IN_APPS: readonly object[] = [{ name: "stand-in", origins: ["https://stand-in.invalid"] }];

/** No part of a configuration lies deeper. */
const DEEPEST = 10;

/** A mistake may be found only when another is out of the way. */
const MOST_ROUNDS = 20;

type Parts = Record<PropertyKey, unknown>;

function isParts(value: unknown): value is Parts {
  return typeof value === "object" && value !== null;
}

/** A copy, as deep as a configuration can be: a stack is not. */
function copyOf(value: unknown, depth: number = 0): unknown {
  if (depth > DEEPEST) return HOLE;
  if (Array.isArray(value)) return value.map((part) => copyOf(part, depth + 1));
  if (!isParts(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part, depth + 1)]));
}

/** A copy without its holes. */
function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((part) => part !== HOLE).map(withoutHoles);
  if (!isParts(value)) return value;
  const parts = Object.entries(value).filter(([, part]) => part !== HOLE);
  return Object.fromEntries(parts.map(([key, part]) => [key, withoutHoles(part)]));
}

/** Where something is among parts that have holes, by its place among those that have none. */
function placeAmong(value: unknown, path: readonly PropertyKey[]): PropertyKey[] {
  const [key, ...below] = path;
  if (key === undefined) return [];
  const kept = Array.isArray(value)
    ? value.flatMap((part, position) => (part === HOLE ? [] : [position]))[Number(key)]
    : undefined;
  const place = kept ?? key;
  return [place, ...placeAmong(isParts(value) ? value[place] : undefined, below)];
}

function placesOf(issue: $ZodIssue): readonly (readonly PropertyKey[])[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

/** Makes a hole at a place, or where what is missing there should have been. */
function cut(received: Parts, place: readonly PropertyKey[]): void {
  const key = place.at(-1);
  if (key === undefined) return;
  const parent = place
    .slice(0, -1)
    .reduce<unknown>((at, part) => (isParts(at) ? at[part] : undefined), received);
  if (place.length === 1 && key === "apps") received["apps"] = copyOf(STAND_IN_APPS);
  else if (isParts(parent) && Object.hasOwn(parent, key) && parent[key] !== HOLE) parent[key] = HOLE;
  else cut(received, place.slice(0, -1));
}

/** A configuration without what cannot be read; undefined when nothing remains. */
export function whatRemains(received: unknown): Remains | undefined {
  if (!isParts(received) || Array.isArray(received)) return undefined;
  const parts = copyOf(received) as Parts;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const parsed = DECLARATION.safeParse(withoutHoles(parts));
    if (parsed.success) return { config: parsed.data, placeOf: (path) => placeAmong(parts, path) as Path };
    const places = parsed.error.issues.flatMap(placesOf).map((path) => placeAmong(parts, path));
    for (const place of places) cut(parts, place);
  }
  return undefined;
}
