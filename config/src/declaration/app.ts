import { APP_NAME_RULE, isAppName, originProblem } from "@sockscope/catalog";
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
    .min(1, 'name the pages\' origin, as in "https://chat.example"')
    .describe("The exact origins of the app's pages, as `location.origin` says them."),
  key: z
    .string()
    .min(1, "leave it out to ask for none")
    .max(64, "use at most 64 characters")
    .optional()
    .describe(
      "Every page of the app has to say it: `start({ key })`. Public, since every page carries it: it keeps stray traffic out, not an attacker.",
    ),
});
