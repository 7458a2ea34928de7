import { z } from "zod";
import { SHORTEST_RANGE_SECONDS } from "../generated/what-is-generated.ts";

/** As many samples a range has to hold: `rate()` needs two, and one scrape may fail at each end. */
const LEAST_SAMPLES = 4;

const MOST_SECONDS = Math.floor(SHORTEST_RANGE_SECONDS / LEAST_SAMPLES);

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

function seconds(duration: string): number {
  return Number(duration.slice(0, -1)) * (UNIT_SECONDS[duration.slice(-1)] ?? 1);
}

/** How often Prometheus scrapes where nobody says otherwise, and what Grafana takes for granted where it is told nothing. */
export const DEFAULT_SCRAPE_INTERVAL = "15s";

/** How often Prometheus scrapes. */
export const SCRAPE_INTERVAL = z
  .string()
  .regex(/^[1-9]\d*(?:s|m|h)$/, `use a whole number of "s", "m" or "h", as in "${DEFAULT_SCRAPE_INTERVAL}"`)
  .refine(
    (duration) => seconds(duration) <= MOST_SECONDS,
    `use at most "${MOST_SECONDS}s": rules and panels look back over ${SHORTEST_RANGE_SECONDS} s, which has to hold ${LEAST_SAMPLES} samples`,
  )
  .default(DEFAULT_SCRAPE_INTERVAL)
  .describe(
    `How often Prometheus scrapes, at most \`${MOST_SECONDS}s\`. Grafana's data source is told the same.`,
  );
