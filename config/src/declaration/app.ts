import {
  APP_KEY_RULE,
  APP_NAME_RULE,
  isAppName,
  LONGEST_APP_KEY,
  ORIGINS_RULE,
  originProblem,
} from "@sockscope/catalog";
import { z } from "zod";

/** An app and where its pages are. */
export const APP = z.strictObject({
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
    .min(1, ORIGINS_RULE)
    .describe("The exact origins of the app's pages, as `location.origin` says them."),
  key: z
    .string()
    .min(1, APP_KEY_RULE)
    .max(LONGEST_APP_KEY, APP_KEY_RULE)
    .optional()
    .describe(
      "Every page of the app has to say it: `start({ key })`. Public, since every page carries it: it keeps stray traffic out, not an attacker.",
    ),
});
