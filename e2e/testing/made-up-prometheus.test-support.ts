import { LOOKED_AT } from "@sockscope/alerts";
import { DEFAULT_CATALOG, type LabelSet } from "@sockscope/catalog";
import { recordingGroups as recordingGroupsOf } from "@sockscope/slo";
import { type LoadedPrometheus, loadPrometheus, type SyntheticSeries } from "@sockscope/stack/synthetic";
import { recordingGroups } from "./rule-groups.test-support.ts";

/** Series by selector, and their values in promtool's notation, a sample a minute. */
export type MadeUp = Readonly<Record<string, string>>;

/** A Prometheus that has what promtool would make up. */
export interface MadeUpPrometheus extends LoadedPrometheus {
  /** In seconds since 1970: when a case is looked at, which is now. */
  readonly lookedAt: number;
}

const MINUTE = 60;

/** What promtool writes `1+2x3`: four values from 1 on, each 2 more. */
const REPEATED = /^(?<from>-?[\d.e+]+?)(?:(?<step>[+-][\d.e]+))?x(?<times>\d+)$/;

function expanded(notation: string): readonly (number | undefined)[] {
  return notation.split(/\s+/).flatMap((item) => {
    if (/^_(?:x\d+)?$/.test(item)) return Array.from({ length: Number(item.slice(2) || 1) }, () => undefined);
    const { from, step = "0", times } = REPEATED.exec(item)?.groups ?? {};
    if (from === undefined) return [Number(item)];
    return Array.from({ length: Number(times) + 1 }, (_, index) => Number(from) + Number(step) * index);
  });
}

function labelsIn(selector: string): LabelSet {
  return Object.fromEntries(
    [...selector.matchAll(/(\w+)="((?:\\.|[^"\\])*)"/g)].map(([, name, value]) => [name ?? "", value ?? ""]),
  );
}

/** What holds a moment is of promtool's time, which begins at 0. */
function isMoment(name: string): boolean {
  return name === "process_start_time_seconds" || name === "ALERTS_FOR_STATE";
}

function seriesOf([selector, notation]: [string, string], begin: number): SyntheticSeries {
  const [name = ""] = selector.split("{");
  const values = expanded(notation);
  return {
    name,
    labels: labelsIn(selector),
    phase: 0,
    at: (moment) => {
      const value = values[Math.round((moment - begin) / MINUTE)];
      return value === undefined ? undefined : value + (isMoment(name) ? begin : 0);
    },
  };
}

/** Starts one in which the moment at which runbooks' cases are looked at is now. */
export async function madeUpPrometheus(series: MadeUp): Promise<MadeUpPrometheus> {
  const lookedAt = Math.floor(Date.now() / 1000);
  const begin = lookedAt - LOOKED_AT * MINUTE;
  const rules = recordingGroupsOf(DEFAULT_CATALOG).flatMap((group) => group.rules);
  const prometheus = await loadPrometheus({
    series: Object.entries(series).map((one) => seriesOf(one, begin)),
    scrapes: { from: begin, until: lookedAt + 10 * MINUTE, everySeconds: MINUTE },
    recording: recordingGroups(rules.map(({ record }) => ({ promql: record }))),
  });
  return { ...prometheus, lookedAt, url: prometheus.url, stop: () => prometheus.stop() };
}
