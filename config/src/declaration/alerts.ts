import { ALERT_THRESHOLDS, type AlertName, type Threshold } from "@sockscope/catalog";
import { z } from "zod";
import { ALERT_SETTINGS } from "../generated/what-is-generated.ts";
import { fraction } from "./fraction.ts";

/** Fewer than this are one user with five tabs. */
const LEAST_FEWEST = 6;

/** No service has so many users at once; their tests count many times as many. */
const MOST_FEWEST = 1_000_000_000;

function thresholdOf({ kind, value, meaning }: Threshold) {
  return kind === "share"
    ? fraction(`${meaning} Default: ${value}.`).optional()
    : z
        .number()
        .int()
        .max(MOST_FEWEST, `use at most ${MOST_FEWEST}`)
        .min(LEAST_FEWEST, `use at least ${LEAST_FEWEST}: fewer are one user with five tabs`)
        .describe(`${meaning} Default: ${value}, at least ${LEAST_FEWEST}.`)
        .optional();
}

const ON = z.boolean().default(true).describe("`false` leaves the alert out, with its runbook.");

/** An alert that has a rule. */
type GeneratedAlert = keyof typeof ALERT_SETTINGS & AlertName;

/** The numbers of an alert that something reads. */
type NumberOf<Name extends GeneratedAlert> = (typeof ALERT_SETTINGS)[Name][number] & string;

function alertOf(name: GeneratedAlert) {
  const thresholds: Readonly<Record<string, Threshold>> = ALERT_THRESHOLDS[name];
  const numbers = ALERT_SETTINGS[name].flatMap((number) => {
    const threshold = thresholds[number];
    return threshold === undefined ? [] : [[number, thresholdOf(threshold)] as const];
  });
  return z
    .strictObject({ on: ON, ...Object.fromEntries(numbers) })
    .optional()
    .describe(`The alert \`${name}\`.`);
}

/** What a configuration says of an alert. */
export type ConfiguredAlert<Name extends GeneratedAlert> = { on: boolean } & {
  -readonly [Number in NumberOf<Name>]?: number | undefined;
};

type Written<Configured> = { [Key in keyof Configured]?: Configured[Key] | undefined };

/** Each alert that has a rule, with its numbers. */
export const ALERTS = Object.fromEntries(
  (Object.keys(ALERT_SETTINGS) as GeneratedAlert[]).map((name) => [name, alertOf(name)]),
) as unknown as {
  readonly [Name in GeneratedAlert]: z.ZodOptional<
    z.ZodType<ConfiguredAlert<Name>, Written<ConfiguredAlert<Name>>>
  >;
};
