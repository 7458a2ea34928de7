import {
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type LegacyMetricFindQueryOptions,
  LoadingState,
  type MetricFindValue,
  type ScopedVars,
} from "@grafana/data";
import { RuntimeDataSource, sceneGraph } from "@grafana/scenes";
import type { Observable } from "rxjs";
import { abortable } from "./abortable.ts";
import { ANNOTATION_SUPPORT } from "./annotation-support.ts";
import { instantQuery, rangeQuery } from "./api.ts";
import { askingObject } from "./asking-object.ts";
import { inPromql } from "./chosen-values.ts";
import { heatmapFrames, seriesFrames, tableFrame } from "./frames.ts";
import { alignedMs, durationMs, durationText, rateIntervalMs, stepMs } from "./interval.ts";
import { variableValues } from "./label-values.ts";
import type { PrometheusQuery } from "./prometheus-query.ts";

/** The one data source that there is; whatever a dashboard calls its own is this. */
export const DATA_SOURCE = { uid: "prometheus", type: "prometheus" } as const;

/** What Grafana assumes when its data source does not say how often Prometheus scrapes. */
const DEFAULT_SCRAPE_INTERVAL_MS = 15_000;

type Request = DataQueryRequest<PrometheusQuery>;

function scoped(text: string): { text: string; value: string } {
  return { text, value: text };
}

/** Prometheus as a data source of Grafana's. */
export class PrometheusDataSource extends RuntimeDataSource<PrometheusQuery> {
  override readonly interval: string;
  override readonly annotations = ANNOTATION_SUPPORT;
  readonly #scrapeIntervalMs: number;

  /** @param timeInterval how often Prometheus scrapes, as the data source's provisioning says it */
  constructor(timeInterval: string) {
    super(DATA_SOURCE.type, DATA_SOURCE.uid);
    this.interval = timeInterval;
    this.#scrapeIntervalMs = durationMs(timeInterval) ?? DEFAULT_SCRAPE_INTERVAL_MS;
  }

  override query(request: Request): Observable<DataQueryResponse> {
    return abortable((signal) => this.#answer(request, signal));
  }

  async #answer(request: Request, signal: AbortSignal): Promise<DataQueryResponse> {
    const visible = request.targets.filter(
      ({ expr, hide }) => expr !== undefined && expr !== "" && hide !== true,
    );
    const tables = visible.filter(({ format }) => format === "table");
    const frames = visible.map((query) =>
      this.#run(query, request, { isOnlyTable: tables.length === 1, signal }),
    );
    return { data: (await Promise.all(frames)).flat(), state: LoadingState.Done };
  }

  /** The values of a query variable. */
  override async metricFindQuery(
    query: string | { query: string },
    options?: LegacyMetricFindQueryOptions,
  ): Promise<MetricFindValue[]> {
    const text = typeof query === "string" ? query : query.query;
    const scopedVars = options?.scopedVars ?? {};
    const span = {
      fromMs: options?.range?.from.valueOf() ?? 0,
      toMs: options?.range?.to.valueOf() ?? Date.now(),
    };
    const values = await variableValues(this.#interpolated(text, scopedVars), span);
    return values.map((value) => ({ text: value, value }));
  }

  #interpolated(text: string, scopedVars: ScopedVars): string {
    const object = askingObject(scopedVars);
    return object === undefined ? text : sceneGraph.interpolate(object, text, scopedVars, inPromql);
  }

  async #run(
    query: PrometheusQuery,
    request: Request,
    { isOnlyTable, signal }: { readonly isOnlyTable: boolean; readonly signal: AbortSignal },
  ): Promise<DataFrame[]> {
    const fromMs = request.range.from.valueOf();
    const toMs = request.range.to.valueOf();
    const minStep = this.#interpolated(query.interval ?? "", request.scopedVars);
    const { intervalMs, maxDataPoints = 1_000 } = request;
    const step = stepMs({ rangeMs: toMs - fromMs, maxDataPoints, intervalMs, minStep });
    const scrapeMs = durationMs(minStep) ?? this.#scrapeIntervalMs;
    const rateMs = rateIntervalMs(intervalMs, scrapeMs);
    const expr = this.#interpolated(query.expr, {
      ...request.scopedVars,
      __interval: scoped(durationText(step)),
      __interval_ms: scoped(String(step)),
      __rate_interval: scoped(durationText(rateMs)),
      __rate_interval_ms: scoped(String(rateMs)),
      __range: scoped(`${Math.round((toMs - fromMs) / 1_000)}s`),
      __range_s: scoped(String(Math.round((toMs - fromMs) / 1_000))),
      __range_ms: scoped(String(toMs - fromMs)),
    });
    // Grafana asks for both when a query does not say.
    const asked = { ...query, expr };
    const frames: DataFrame[] = [];
    if (query.instant === true) {
      const found = await instantQuery(expr, toMs, signal);
      frames.push(
        ...(query.format === "table"
          ? [tableFrame(found, query.refId, isOnlyTable)]
          : seriesFrames(found, asked, undefined)),
      );
    }
    if (query.instant === true && query.range !== true) return frames;
    const steps = { startMs: alignedMs(fromMs, step), endMs: alignedMs(toMs, step), stepMs: step };
    const found = await rangeQuery(expr, steps, signal);
    if (query.format === "table") return [...frames, tableFrame(found, query.refId, isOnlyTable)];
    if (query.format === "heatmap") return [...frames, ...heatmapFrames(found, asked, step)];
    return [...frames, ...seriesFrames(found, asked, step)];
  }
}
