import { z } from "zod";
import { endpoint } from "./addresses.ts";

/** See {@link https://www.atlassian.com/licensing/opsgenie}. */
export const OPSGENIE_ENDS = "5 April 2027";

/** The Alertmanager from which on a webhook's address may be in a file. See {@link https://github.com/prometheus/alertmanager/releases/tag/v0.26.0}. */
export const URL_FILE_SINCE = "0.26";

/** A secret is never in a configuration: hardly a key begins with a slash, and no path has an address in it. */
function file(what: string) {
  return z
    .string()
    .regex(
      /^\/(?!.*:\/\/).*[^\s/]$/,
      'put the secret into a file, and name that by its absolute path where Alertmanager runs, as in "/run/secrets/pager"',
    )
    .describe(what);
}

/** Where Alertmanager posts. */
export const WEBHOOK = z
  .strictObject({
    url: endpoint(
      "Where Alertmanager posts its JSON. For an address with a secret: `urlFile`.",
      "https://hooks.chat.internal/alerts?team=chat",
      "urlFile",
    ).optional(),
    urlFile: file(`Where Alertmanager, from ${URL_FILE_SINCE} on, finds that address.`).optional(),
  })
  .refine(
    ({ url, urlFile }) => (url === undefined) !== (urlFile === undefined),
    "name either url or urlFile",
  );

const TIME = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'use hours and minutes, as in "08:00"');

/** In the order that Alertmanager has. */
const DAYS: readonly string[] = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
];

const DAY = `(?:${DAYS.join("|")})`;

function isWithinOneWeek(days: string): boolean {
  const [first = "", last = first] = days.split(":");
  return DAYS.indexOf(first) <= DAYS.indexOf(last);
}

/**
 * Not the names without a slash: JavaScript takes abbreviations for some zone that Go, in which Alertmanager is written, does not
 * know. Nor another case, which only JavaScript ignores.
 */
const TIME_ZONE = /^(?:UTC|[A-Z][\w-]*(?:\/[A-Z][\w+-]*)+)$/;

function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

/** When tickets are told. */
export const TICKET_HOURS = z
  .strictObject({
    from: TIME.describe("When the day begins."),
    to: TIME.describe("When it ends; `24:00` is midnight."),
    days: z
      .string()
      .regex(new RegExp(`^${DAY}(?::${DAY})?$`), {
        error: 'use a day or two, as in "monday:friday"',
        abort: true,
      })
      .refine(
        isWithinOneWeek,
        `is a range that ends before it begins: Alertmanager's week is ${DAYS[0]} to ${DAYS.at(-1)}; let the first day be the earlier one`,
      )
      .default("monday:friday")
      .describe("From which day to which."),
    location: z
      .string()
      .regex(TIME_ZONE, { error: 'use "UTC" or a time zone, as in "Europe/Berlin"', abort: true })
      .refine(isTimeZone, 'is no time zone that the IANA knows; use one, as in "Europe/Berlin"')
      .default("UTC")
      .describe("Whose clock it is, as the IANA calls the time zone."),
  })
  .refine(({ from, to }) => from < to, "ends before it begins; let `to` be later than `from`");

/** Whom Alertmanager tells, by one way or several. */
export const RECEIVER = z.strictObject({
  pagerduty: z
    .strictObject({ routingKeyFile: file("Where Alertmanager finds the Events API v2 routing key.") })
    .optional()
    .describe("PagerDuty."),
  jsm: z
    .strictObject({ apiKeyFile: file("Where Alertmanager finds the key of the API integration.") })
    .optional()
    .describe("Jira Service Management Operations."),
  opsgenie: z
    .strictObject({ apiKeyFile: file("Where Alertmanager finds the key of the API integration.") })
    .optional()
    .describe(`Opsgenie, whose support ends on ${OPSGENIE_ENDS}: \`jsm\` is its successor.`),
  slack: z
    .strictObject({
      apiUrlFile: file("Where Alertmanager finds the incoming webhook's address."),
      channel: z
        .string()
        .regex(/^[#@][\w.-]+$/, 'use a channel or a person, as in "#on-call"')
        .describe("Where to post."),
    })
    .optional()
    .describe("Slack."),
  webhook: WEBHOOK.optional().describe("Anything that takes Alertmanager's own JSON."),
});
