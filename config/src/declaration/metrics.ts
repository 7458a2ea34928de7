import { z } from "zod";
import { sentences } from "./text.ts";

/** What a metric of a deployment's own may be called. */
export const METRIC_NAME = z
  .string()
  .regex(
    /^(?!ws_|sockscope_)[a-z][a-z0-9_]{0,99}$/,
    'use lower-case letters, digits and "_", and no name that begins with "ws_" or "sockscope_"',
  );

/** What a label may be called. */
export const LABEL_NAME = z
  .string()
  .regex(/^(?!__)[a-z_][a-z0-9_]{0,62}$/, 'use lower-case letters, digits and "_", as in "kind"')
  // A batch that lacks such a label would seem to have it.
  .refine((name) => !(name in {}), "every object of JavaScript has it; use another name");

const LABEL_VALUE = z
  .string()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a label must not have.
  .regex(/^[^\x00-\x1f\x7f]{1,63}$/, "use 1 to 63 characters, none of them a control character");

const LABELS = z
  .record(LABEL_NAME, z.array(LABEL_VALUE).min(1, "name at least one value").max(50, "use at most 50 values"))
  .default({})
  .describe("Each label with every value that it can have; a value `other` takes those that are not listed.");

const MEANING = {
  help: sentences("The `# HELP` line: what counts, and when."),
  readAs: sentences("What may be concluded from it, and how it is queried.").optional(),
  doNot: sentences('What it does not say, though it seems to: completes "Do not ...".').optional(),
};

/** A counter that pages report. */
export const COUNTER = z.strictObject({
  ...MEANING,
  unit: sentences("What is counted, such as `orders`.").default("events"),
  labels: LABELS,
});

/** A sum is a double, exact to one up to 2^53: it then holds thousands of the largest values and still sees the smallest. */
const LARGEST_MAX = 1_000_000_000_000;

const BUCKETS = {
  bounds: z
    .array(z.number().min(0, "use 0 or more: nothing below is reported"))
    .min(1, "name at least one bound")
    .max(50, "use at most 50 bounds")
    .describe("Inclusive upper bounds, ascending, in the unit; `+Inf` is implied."),
  max: z
    .number()
    .positive()
    .max(LARGEST_MAX, `use at most ${LARGEST_MAX}: sums of larger values lose what is small`)
    .describe("The largest value that one observation may have; larger ones are clamped to it."),
};

function layoutId(what: string) {
  return z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and "-", as in "order-1"')
    .describe(what);
}

/** A histogram that pages report. */
export const HISTOGRAM = z.strictObject({
  ...MEANING,
  unit: sentences("The unit of one value, such as `seconds`. A base unit is the end of the name, too."),
  labels: LABELS,
  layout: layoutId(
    "The id of these bounds. Other bounds need another id, since pages go on sending the old ones, which move to `olderLayouts`.",
  ),
  ...BUCKETS,
  olderLayouts: z
    .array(
      z.strictObject({
        id: layoutId("The id that the layout had."),
        ...BUCKETS,
        keptAs: METRIC_NAME.optional().describe(
          "The full name of the histogram that it stays, as in `order_seconds_layout_1`. Only where a newest bound is none of its own, so that its buckets cannot be counted in the newest.",
        ),
      }),
    )
    .max(20, "use at most 20")
    .default([])
    .describe(
      "Layouts that pages out there may still send, the oldest last. Where every newest bound is one of its own, it is counted in the newest, exactly.",
    ),
});
