import { recordingGroup } from "@sockscope/alerts";
import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { recordingGroups } from "@sockscope/slo";
import {
  firingAlerts,
  fleetOf,
  OwnPrometheus,
  type SyntheticSeries,
  seriesOf,
} from "@sockscope/stack/synthetic";
import { occurringIn } from "./occurring.ts";
import { remoteWrite } from "./remote-write.ts";

/** A moment long ago, in seconds since 1970, at which the day ends. */
export const NOW: number = Date.UTC(2026, 2, 2, 12) / 1_000;
const DAY = 86_400;
export const SCRAPE_SECONDS = 15;
/** As much as goes into one request, and less than a Prometheus takes to be too old. */
const PART_SECONDS = 1_800;
const SENDERS = 2;

function seriesOfADay(catalog: Catalog): readonly SyntheticSeries[] {
  const apps = ["chat"];
  const fleet = fleetOf({ apps, collectors: 3, podsPerApp: 20 });
  return [
    ...seriesOf({ catalog, fleet, since: NOW - DAY, occurs: occurringIn(catalog) }),
    ...firingAlerts({ catalog, apps, since: NOW - 3_600 }),
  ];
}

async function write(url: string, series: readonly SyntheticSeries[]): Promise<void> {
  for (let from = NOW - DAY; from < NOW; from += PART_SECONDS) {
    const moments = Array.from(
      { length: PART_SECONDS / SCRAPE_SECONDS },
      (_, index) => from + index * SCRAPE_SECONDS,
    );
    await Promise.all(
      Array.from({ length: SENDERS }, (_, sender) =>
        remoteWrite(
          url,
          series.filter((_, index) => index % SENDERS === sender),
          moments,
        ),
      ),
    );
  }
}

/**
 * A Prometheus with a day of three collectors and twenty pods.
 *
 * @param expressions the recording rules that these read are recorded
 */
export async function dayOfData(
  expressions: readonly string[],
): Promise<OwnPrometheus & { readonly samples: number }> {
  const prometheus = new OwnPrometheus(["--web.enable-remote-write-receiver"]);
  try {
    const series = seriesOfADay(DEFAULT_CATALOG);
    await prometheus.start();
    await write(prometheus.url, series);
    const read = recordingGroups(DEFAULT_CATALOG)
      .map(({ rules, ...group }) => ({
        ...group,
        rules: rules.filter(({ record }) => expressions.some((expression) => expression.includes(record))),
      }))
      .filter(({ rules }) => rules.length > 0);
    const scrapes = { from: NOW - DAY, until: NOW, everySeconds: SCRAPE_SECONDS };
    if (read.length > 0) await prometheus.record(read.map(recordingGroup), scrapes);
    return Object.assign(prometheus, { samples: series.length * (DAY / SCRAPE_SECONDS) });
  } catch (error) {
    await prometheus.stop();
    throw error;
  }
}
