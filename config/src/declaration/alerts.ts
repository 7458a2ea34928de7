import { ALERT_THRESHOLDS, type AlertName, type Threshold } from "@sockscope/catalog";
import { z } from "zod";
import { fraction } from "./fraction.ts";

/** Fewer than this are one user with five tabs. */
const LEAST_FEWEST = 6;

function thresholdOf({ kind, value, meaning }: Threshold) {
  const what = `${meaning} Default: ${value}.`;
  return kind === "share"
    ? fraction(what).optional()
    : z
        .number()
        .int()
        .min(LEAST_FEWEST, `use at least ${LEAST_FEWEST}: fewer are one user with five tabs`)
        .describe(what)
        .optional();
}

const ON = z.boolean().default(true).describe("`false` leaves the alert out, with its runbook.");

function alertOf(name: string, thresholds: Readonly<Record<string, Threshold>>) {
  const numbers = Object.entries(thresholds).map(
    ([number, threshold]) => [number, thresholdOf(threshold)] as const,
  );
  return z
    .strictObject({ on: ON, ...Object.fromEntries(numbers) })
    .optional()
    .describe(`The alert \`${name}\`.`);
}

/** What a configuration says of an alert. */
export type ConfiguredAlert<Name extends AlertName> = { on: boolean } & {
  -readonly [Number in keyof (typeof ALERT_THRESHOLDS)[Name]]?: number | undefined;
};

type Written<Configured> = { [Key in keyof Configured]?: Configured[Key] | undefined };

/** Each alert with its numbers. */
export const ALERTS = Object.fromEntries(
  Object.entries(ALERT_THRESHOLDS).map(([name, thresholds]) => [name, alertOf(name, thresholds)]),
) as unknown as {
  readonly [Name in AlertName]: z.ZodOptional<
    z.ZodType<ConfiguredAlert<Name>, Written<ConfiguredAlert<Name>>>
  >;
};
