import { z } from "zod";
import { endpoint } from "./addresses.ts";

/** A secret is never in a configuration. */
function file(what: string) {
  return z.string().min(1, "name a file").describe(what);
}

/** Whom Alertmanager tells, by one way or several. */
export const RECEIVER = z.strictObject({
  pagerduty: z
    .strictObject({ routingKeyFile: file("Where Alertmanager finds the Events API v2 routing key.") })
    .optional()
    .describe("PagerDuty."),
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
  webhook: z
    .strictObject({
      url: endpoint(
        "Where Alertmanager posts its JSON. For an address with a secret: `urlFile`.",
        "https://hooks.chat.internal/alerts?team=chat",
      ).optional(),
      urlFile: file("Where Alertmanager, from 0.26 on, finds that address.").optional(),
    })
    .refine(
      ({ url, urlFile }) => (url === undefined) !== (urlFile === undefined),
      "name either url or urlFile",
    )
    .optional()
    .describe("Anything that takes Alertmanager's own JSON."),
});
