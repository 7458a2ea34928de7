import { allTargets, TARGETS, type Target, type TargetId, type Targets } from "@sockscope/catalog";
import { z } from "zod";
import { fraction } from "./fraction.ts";

/** The bounds that a target may have instead of its own: those that its histogram's buckets have. */
function boundsOf({ metrics: [histogram] }: Target): readonly number[] {
  return histogram !== undefined && "layout" in histogram ? histogram.layout.bounds : [];
}

function targetOf(target: Target) {
  const { objective, title } = target;
  const numbers =
    objective.kind === "count"
      ? {
          count: z.number().int().min(0).optional().describe(`At most so many. Default: ${objective.count}.`),
        }
      : {
          share: fraction(
            `${objective.comparison === "at least" ? "At least" : "At most"} this fraction of one. Default: ${objective.share}.`,
          ).optional(),
        };
  const bound =
    objective.kind === "share at bound"
      ? {
          bound: z
            .literal(boundsOf(target))
            .optional()
            .describe(`In ${objective.unit}. Default: ${objective.bound}.`),
        }
      : {};
  return z
    .strictObject({ ...numbers, ...bound })
    .optional()
    .describe(`${title}.`);
}

/** The numbers of an objective. */
type Numbers<Objective> = {
  [Key in Extract<keyof Objective, "bound" | "share" | "count">]?: number | undefined;
};

/** Each target with the numbers that a deployment may promise instead. */
export const TARGET_NUMBERS = Object.fromEntries(
  allTargets(TARGETS).map((target) => [target.id, targetOf(target)]),
) as unknown as {
  readonly [Id in TargetId]: z.ZodOptional<
    z.ZodType<Numbers<Targets[Id]["objective"]>, Numbers<Targets[Id]["objective"]>>
  >;
};
