import {
  alignedMs,
  durationMs,
  durationText,
  rateIntervalMs,
  roundedIntervalMs,
  stepMs,
} from "../../dashboards/preview/src/prometheus/interval.ts";
import { seriesName } from "../../dashboards/preview/src/prometheus/legend.ts";

/** What a test reads of a dashboard's JSON. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly templating?: {
    readonly list?: readonly {
      readonly name: string;
      readonly allValue?: string;
      readonly query?: unknown;
      readonly current?: { readonly value?: unknown };
    }[];
  };
  readonly panels: readonly Panel[];
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly y: number; readonly h: number; readonly w: number };
  readonly interval?: string;
  readonly maxDataPoints?: number;
  readonly collapsed?: boolean;
  readonly panels?: readonly Panel[];
  readonly transformations?: readonly unknown[];
  readonly options?: { readonly legend?: { readonly showLegend?: boolean }; readonly content?: string };
  readonly fieldConfig?: {
    readonly defaults: { readonly noValue?: string; readonly displayName?: string };
    readonly overrides: readonly { readonly properties: readonly { readonly id: string }[] }[];
  };
  readonly targets?: readonly Target[];
}

interface Target {
  readonly expr: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
  readonly interval?: string;
  readonly hide?: boolean;
}

/** A panel that is seen, and what Prometheus has for it. */
export interface ExpectedPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  /** Names of the series that have a value; undefined where the panel changes them. */
  readonly names: readonly string[] | undefined;
  readonly hasData: boolean;
  /** What it says when there is nothing. */
  readonly noValue: string;
  readonly content: string | undefined;
}

/** The span that is looked at, in ms, and how often Prometheus scrapes. */
export interface Asked {
  readonly prometheusUrl: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly scrapeMs: number;
}

interface Found {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

/** Every value of every variable, as a dashboard has it before somebody chooses. */
function everyValue({ templating }: Dashboard): ReadonlyMap<string, string> {
  return new Map(
    (templating?.list ?? []).map(({ name, allValue, current, query }) => [
      name,
      allValue ?? String(current?.value ?? query),
    ]),
  );
}

async function found(
  target: Target,
  panel: Panel,
  values: ReadonlyMap<string, string>,
  asked: Asked,
): Promise<Found[]> {
  const { fromMs, toMs, scrapeMs } = asked;
  // Without a number of its own, that of a panel of a quarter of the tests' window.
  const { maxDataPoints = 380 } = panel;
  const rangeMs = toMs - fromMs;
  const least = durationMs(panel.interval ?? "") ?? scrapeMs;
  const intervalMs = Math.max(least, roundedIntervalMs(rangeMs / maxDataPoints));
  const step = stepMs({ rangeMs, maxDataPoints, intervalMs, minStep: target.interval });
  const rate = durationText(rateIntervalMs(intervalMs, durationMs(target.interval ?? "") ?? scrapeMs));
  const all = new Map([
    ...values,
    ["__rate_interval", rate],
    ["__interval", durationText(step)],
    ["__range", durationText(rangeMs)],
  ]);
  const expr = target.expr.replaceAll(
    /\$\{(\w+)(?::\w+)?\}|\$(\w+)/g,
    (text, a, b) => all.get(a ?? b) ?? text,
  );
  const how =
    target.instant === true
      ? { path: "query", time: String(toMs / 1_000) }
      : {
          path: "query_range",
          start: String(alignedMs(fromMs, step) / 1_000),
          end: String(alignedMs(toMs, step) / 1_000),
          step: String(step / 1_000),
        };
  const { path, ...when } = how;
  const url = `${asked.prometheusUrl}/api/v1/${path}?${new URLSearchParams({ query: expr, ...when })}`;
  const answer = (await (await fetch(url)).json()) as {
    error?: string;
    data: { result: Found[] | Found["value"] };
  };
  if (answer.error !== undefined) throw new Error(`${panel.title}: ${answer.error}`);
  const { result } = answer.data;
  return result !== undefined && typeof result[0] === "number"
    ? [{ metric: {}, value: result as [number, string] }]
    : (result as Found[]);
}

function hasValue({ value, values = value === undefined ? [] : [value] }: Found): boolean {
  return values.some(([, text]) => Number.isFinite(Number(text)));
}

function keepsNames({ transformations = [], options, fieldConfig }: Panel): boolean {
  const renames = fieldConfig?.overrides.some(({ properties }) =>
    properties.some(({ id }) => id === "displayName" || id === "custom.hideFrom"),
  );
  return (
    transformations.length === 0 &&
    options?.legend?.showLegend !== false &&
    fieldConfig?.defaults.displayName === undefined &&
    renames !== true
  );
}

/** Every panel of a dashboard, also those in rows. */
export function panelsOf({ panels }: Pick<Dashboard, "panels">): Panel[] {
  return panels.flatMap((panel) =>
    panel.type === "row" ? panelsOf({ panels: panel.panels ?? [] }) : [panel],
  );
}

/** How high a window has to be for all of a dashboard, in pixels. */
export function heightOf(dashboard: Dashboard): number {
  const rows = panelsOf(dashboard).map(({ gridPos }) => gridPos.y + gridPos.h);
  return 300 + Math.max(...rows) * 38;
}

/** What a dashboard's panels have to show, asked of Prometheus past the preview. */
export async function expectedPanels(dashboard: Dashboard, asked: Asked): Promise<ExpectedPanel[]> {
  const values = everyValue(dashboard);
  return Promise.all(
    panelsOf(dashboard).map(async (panel) => {
      const targets = (panel.targets ?? []).filter(({ hide }) => hide !== true);
      const named = await Promise.all(
        targets.map(async (target) =>
          (await found(target, panel, values, asked))
            .filter(hasValue)
            .map(({ metric }) => seriesName(metric, target.legendFormat, target.expr)),
        ),
      );
      const names = named.flat();
      return {
        id: panel.id,
        type: panel.type,
        title: panel.title,
        names: keepsNames(panel) ? names.filter((name) => name !== undefined) : undefined,
        hasData: names.length > 0,
        noValue: panel.fieldConfig?.defaults.noValue ?? "No data",
        content: panel.options?.content,
      };
    }),
  );
}
