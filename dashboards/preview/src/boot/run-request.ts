import { type DataQueryRequest, dateTimeFormat, LoadingState, type PanelData } from "@grafana/data";
import { catchError, map, merge, type Observable, of, share, takeUntil, tap, timer } from "rxjs";
import type { PrometheusDataSource } from "../prometheus/data-source.ts";
import { LastAnswers } from "../prometheus/last-answers.ts";
import type { PrometheusQuery } from "../prometheus/prometheus-query.ts";

type Request = DataQueryRequest<PrometheusQuery>;

/** As long as Grafana waits: what is faster would only flicker. */
const SHOWN_AS_LOADING_AFTER_MS = 200;
/** What panels say of themselves; annotations have nothing that shows that they load. */
const PANELS = "scenes";

/** Keeps what is seen when it could not be refreshed, and says since when it is old. */
function failed(error: unknown, request: Request, answers: LastAnswers): PanelData {
  const why = error instanceof Error ? error.message : String(error);
  const last = answers.of(request);
  const message =
    last === undefined
      ? why
      : `Not refreshed since ${dateTimeFormat(last.atMs, { timeZone: request.timezone, format: "HH:mm:ss" })}: ${why}`;
  return {
    state: LoadingState.Error,
    series: [...(last?.series ?? [])],
    errors: [{ message }],
    request,
    timeRange: request.range,
  };
}

/** Runs a request as Grafana does: one that takes its time says so, and one that nobody waits for is not asked any more. */
export function requestRunner(dataSource: PrometheusDataSource): (request: Request) => Observable<PanelData> {
  const answers = new LastAnswers();
  return (request) => {
    const common = { request, timeRange: request.range };
    const result = dataSource.query(request).pipe(
      map(({ data }): PanelData => ({ ...common, state: LoadingState.Done, series: data })),
      tap(({ series }) => answers.remember(request, series)),
      catchError((error: unknown) => of(failed(error, request, answers))),
      share(),
    );
    if (request.app !== PANELS) return result;
    const loading = timer(SHOWN_AS_LOADING_AFTER_MS).pipe(
      map((): PanelData => ({ ...common, state: LoadingState.Loading, series: [] })),
      takeUntil(result),
    );
    return merge(loading, result);
  };
}
