import {
  APP_NAME_RULE,
  CLOSE_CONSEQUENCES,
  type CloseConsequence,
  isAppName,
  isReleaseName,
  originProblem,
  RELEASE_NAME_RULE,
} from "@sockscope/catalog";
import { z } from "zod";

const CONSEQUENCES = Object.keys(CLOSE_CONSEQUENCES) as [CloseConsequence, ...CloseConsequence[]];

/** Sentences for people; what is said of a metric or a code is read at night. */
function sentences(what: string) {
  return z.string().min(1, "say it in a sentence").describe(what);
}

function names(what: string, example: string) {
  const name = z
    .string()
    .regex(/^[A-Za-z_]\w{0,62}$/, `use up to 63 letters, digits and "_", as in "${example}"`);
  return z.array(name).max(200, "use at most 200").default([]).describe(what);
}

const METRIC_NAME = z
  .string()
  .regex(
    /^(?!ws_|sockscope_)[a-z][a-z0-9_]{0,99}$/,
    'use lower-case letters, digits and "_", and no name that begins with "ws_" or "sockscope_"',
  );

const LABEL_NAME = z
  .string()
  .regex(/^(?!__)[a-z_][a-z0-9_]{0,62}$/, 'use lower-case letters, digits and "_", as in "kind"');

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

const COUNTER = z.strictObject({
  ...MEANING,
  unit: sentences("What is counted, such as `orders`.").default("events"),
  labels: LABELS,
});

const HISTOGRAM = z.strictObject({
  ...MEANING,
  unit: sentences("The unit of one value, such as `seconds`. A base unit is the end of the name, too."),
  labels: LABELS,
  layout: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and "-", as in "order-1"')
    .describe(
      "The id of these bounds. Other bounds need another id, since pages go on sending the old ones.",
    ),
  bounds: z
    .array(z.number())
    .min(1, "name at least one bound")
    .max(50, "use at most 50 bounds")
    .describe("Inclusive upper bounds, ascending, in the unit; `+Inf` is implied."),
  max: z
    .number()
    .positive()
    .describe("The largest value that one observation may have; larger ones are clamped to it."),
});

const APP = z.strictObject({
  name: z
    .string()
    .refine(isAppName, APP_NAME_RULE)
    .describe("The value of the label `app` on every client metric of this app."),
  origins: z
    .array(
      z.string().superRefine((origin, context) => {
        const problem = originProblem(origin);
        if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
      }),
    )
    .min(1, 'name the pages\' origin, as in "https://chat.example"')
    .describe("The exact origins of the app's pages, as `location.origin` says them."),
  key: z
    .string()
    .min(1, "leave it out to ask for none")
    .max(64, "use at most 64 characters")
    .optional()
    .describe("Public, since every page carries it: it keeps stray traffic out, not an attacker."),
});

/** Hosts that RFC 2606 keeps for examples: an alert that leads there leads nowhere. */
const PLACEHOLDER_HOST = /(?:^|\.)(?:example|invalid|test)$|(?:^|\.)example\.(?:com|net|org)$/;

function address(what: string, example: string) {
  return z
    .string()
    .superRefine((text, context) => {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (url === undefined || !/^https?:$/.test(url.protocol) || /[?#]|\/$/.test(text))
        context.addIssue({
          code: "custom",
          message: `use an http(s) address without a slash at its end, as in "${example}"`,
        });
      else if (PLACEHOLDER_HOST.test(url.hostname))
        context.addIssue({ code: "custom", message: "is a placeholder; use the address of your own" });
    })
    .describe(what);
}

/** One declaration for what is checked, for the types of those who write a configuration, and for editors. */
export const DECLARATION = z.strictObject({
  $schema: z.string().optional().describe("Lets an editor complete this file."),
  apps: z.array(APP).min(1, "configure at least one app").describe("The apps whose pages may report."),
  releases: z
    .array(z.string().refine(isReleaseName, RELEASE_NAME_RULE))
    .optional()
    .describe(
      "What pages may be built from, the newest last; the newest five count by name, the others as `other`. With `[]` only those that are announced by call. Without it, no metric has the label `release`.",
    ),
  frames: z
    .strictObject({
      received: names("From the server to the client.", "order_filled"),
      sent: names("From the client to the server.", "place_order"),
    })
    .prefault({})
    .describe("Names of frames that are not the product's own, as the label `event` says them."),
  closeCodes: z
    .record(
      z
        .string()
        .regex(/^[34]\d{3}$/, "use a code from 3000 to 4999; the others are not an application's to define"),
      z.strictObject({
        name: z
          .string()
          .regex(/^[^\n]{1,40}$/, "use a few words, at most 40 characters")
          .describe("A few words, fit for a legend."),
        meaning: sentences("What it says, for documents and runbooks."),
        userSees: z
          .enum(CONSEQUENCES)
          .describe("What the user sees. A client comes back only after `reconnecting`."),
      }),
    )
    .default({})
    .describe("Private close codes that count by themselves instead of as `3xxx` or `4xxx`."),
  closeReasons: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'use lower-case letters, digits and "_", as in "kicked"'),
      z.number().int().min(1000).max(4999),
    )
    .default({})
    .describe("Reasons for which the chat server closes, each with its close code."),
  authMethods: names("Ways to authenticate, as the label `auth_method` says them.", "bearer"),
  links: z
    .strictObject({
      runbooks: address(
        "Where the generated `runbooks/` are published.",
        "https://wiki.chat.internal/runbooks",
      ),
      grafana: address("The Grafana that has the dashboards.", "https://grafana.chat.internal"),
    })
    .optional()
    .describe("Where an alert leads. What on-call is given cannot be generated without."),
  counters: z.record(METRIC_NAME, COUNTER).default({}).describe("Counters that pages report."),
  histograms: z.record(METRIC_NAME, HISTOGRAM).default({}).describe("Histograms that pages report."),
});

/** A configuration as somebody writes it. */
export type ConfigInput = z.input<typeof DECLARATION>;

/** A configuration with its defaults. */
export type Config = z.output<typeof DECLARATION>;
