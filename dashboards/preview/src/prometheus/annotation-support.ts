import type { AnnotationEvent, AnnotationQuery, AnnotationSupport, DataFrame } from "@grafana/data";
import { FieldType } from "@grafana/data";
import { of } from "rxjs";
import { type AnnotationFormat, type AnnotationSeries, annotationEvents } from "./annotation-events.ts";
import { durationMs } from "./interval.ts";
import type { PrometheusQuery } from "./prometheus-query.ts";

/** How close Grafana looks when an annotation does not say. */
const DEFAULT_STEP = "60s";

/** Where the expression is: Grafana has written it at the top, and since version 10 within `target`. */
interface StoredAnnotation extends AnnotationQuery<PrometheusQuery>, AnnotationFormat {
  readonly expr?: string;
  readonly step?: string;
}

function stepOf({ step }: StoredAnnotation): string {
  return step === undefined || step === "" ? DEFAULT_STEP : step;
}

function queryOf(annotation: StoredAnnotation): PrometheusQuery {
  const { target } = annotation;
  return {
    ...target,
    refId: target?.refId ?? "Anno",
    expr: target?.expr ?? annotation.expr ?? "",
    interval: target?.interval ?? stepOf(annotation),
    format: "time_series",
    instant: false,
    range: true,
  };
}

function seriesOf({ fields }: DataFrame): AnnotationSeries[] {
  const times = fields.find(({ type }) => type === FieldType.time);
  const values = fields.find(({ type }) => type === FieldType.number);
  if (times === undefined || values === undefined) return [];
  return [{ labels: values.labels ?? {}, times: times.values, values: values.values }];
}

/** How Grafana's annotations are asked of Prometheus and read from its answer. */
export const ANNOTATION_SUPPORT: AnnotationSupport<PrometheusQuery, StoredAnnotation> = {
  prepareAnnotation: (annotation: StoredAnnotation) => ({ ...annotation, target: queryOf(annotation) }),
  prepareQuery: ({ target }) => (target?.expr ? target : undefined),
  processEvents(annotation, frames) {
    const stored = annotation as StoredAnnotation;
    const series = frames.flatMap(seriesOf);
    const stepMs = durationMs(stored.target?.interval ?? stepOf(stored)) ?? 0;
    const events: AnnotationEvent[] = annotationEvents(series, stored, stepMs);
    return of(events);
  },
};
