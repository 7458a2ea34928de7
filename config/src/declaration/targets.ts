import { TARGETS, type Target, type TargetId } from "@sockscope/catalog";
import { z } from "zod";
import { LEAST_SHARES, TARGET_SETTINGS } from "../generated/what-is-generated.ts";
import { fraction } from "./fraction.ts";

/** The bounds that a target may have instead of its own: those that its histogram's buckets have. */
function boundsOf({ metrics: [histogram] }: Target): readonly number[] {
  return histogram !== undefined && "layout" in histogram ? histogram.layout.bounds : [];
}

/** A target that something generated reads. */
type ReadTarget = keyof typeof TARGET_SETTINGS & TargetId;

/** Whose budget's burn is alerted on has to leave that burn below everything. */
function shareOf(id: string, what: string): z.ZodType {
  const least = (LEAST_SHARES as Readonly<Record<string, number>>)[id];
  if (least === undefined) return fraction(`${what}.`).optional();
  // Rounded up, to be possible as it is said.
  const limit = Math.ceil(least * 1000) / 1000;
  return fraction(`${what}, not below ${limit}.`)
    .min(limit, `use at least ${limit}: the fastest burn of a larger budget could not be seen`)
    .optional();
}

function numbersOf({ objective, ...target }: Target): Readonly<Record<string, z.ZodType>> {
  if (objective.kind === "count")
    return {
      count: z.number().int().min(0).optional().describe(`At most so many. Default: ${objective.count}.`),
    };
  const comparison = objective.comparison === "at least" ? "At least" : "At most";
  const share = shareOf(target.id, `${comparison} this fraction of one. Default: ${objective.share}`);
  if (objective.kind === "share") return { share };
  const bound = z
    .literal(boundsOf({ objective, ...target }))
    .optional()
    .describe(`In ${objective.unit}. Default: ${objective.bound}.`);
  return { share, bound };
}

function targetOf(id: ReadTarget) {
  const target: Target = TARGETS[id];
  const read: readonly string[] = TARGET_SETTINGS[id];
  const numbers = Object.entries(numbersOf(target)).filter(([number]) => read.includes(number));
  return z.strictObject(Object.fromEntries(numbers)).optional().describe(`${target.title}.`);
}

/** The numbers of a target that something reads. */
type Numbers<Id extends ReadTarget> = {
  [Key in (typeof TARGET_SETTINGS)[Id][number] & string]?: number | undefined;
};

/** Each target that something reads, with the numbers that a deployment may promise instead. */
export const TARGET_NUMBERS = Object.fromEntries(
  (Object.keys(TARGET_SETTINGS) as ReadTarget[]).map((id) => [id, targetOf(id)]),
) as unknown as {
  readonly [Id in ReadTarget]: z.ZodOptional<z.ZodType<Numbers<Id>, Numbers<Id>>>;
};
