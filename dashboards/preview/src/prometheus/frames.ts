import { createDataFrame, type DataFrame, DataFrameType, type FieldDTO, FieldType } from "@grafana/data";
import type { Series } from "./api.ts";
import { separateBuckets } from "./buckets.ts";
import { type Labels, seriesName } from "./legend.ts";
import type { PrometheusQuery } from "./prometheus-query.ts";
import { boundOf, sampleOf } from "./sample.ts";
import { limitSeries } from "./series-limit.ts";

const TIME = "Time";
const VALUE = "Value";

function withoutName({ __name__: _name, ...labels }: Labels): Record<string, string> {
  return labels;
}

function timesOf({ points }: Series): number[] {
  return points.map(([seconds]) => seconds * 1_000);
}

function valuesOf({ points }: Series): (number | null)[] {
  return points.map(([, text]) => sampleOf(text));
}

/** A frame for each series that is drawn, as Grafana draws them over time; the first has what there is to say about the rest. */
export function seriesFrames(
  found: readonly Series[],
  { refId, legendFormat, expr }: PrometheusQuery,
  stepMs: number | undefined,
): DataFrame[] {
  const { drawn, notice } = limitSeries(found);
  return drawn.map((series, i) => {
    const isSaid = i === 0 && notice !== undefined;
    const name = seriesName(series.metric, legendFormat, expr);
    const interval = stepMs === undefined ? {} : { interval: stepMs };
    return createDataFrame({
      refId,
      ...(name === undefined ? {} : { name }),
      meta: {
        type: DataFrameType.TimeSeriesMulti,
        ...(isSaid ? { notices: [{ severity: "warning", text: notice }] } : {}),
      },
      fields: [
        { name: TIME, type: FieldType.time, config: interval, values: timesOf(series) },
        {
          name: VALUE,
          type: FieldType.number,
          labels: withoutName(series.metric),
          config: name === undefined ? {} : { displayNameFromDS: name },
          values: valuesOf(series),
        },
      ],
    });
  });
}

function labelColumn(label: string, rows: readonly Labels[]): FieldDTO {
  const texts = rows.map((row) => row[label] ?? "");
  const config = { filterable: true };
  return label === "le"
    ? { name: label, type: FieldType.number, config, values: texts.map(boundOf) }
    : { name: label, type: FieldType.string, config, values: texts };
}

/**
 * One frame with a row for each point and a column for each label.
 *
 * @param isOnly whether no other query of the panel makes a table; otherwise the column of values is named after the query
 */
export function tableFrame(found: readonly Series[], refId: string, isOnly: boolean): DataFrame {
  const labels = [...new Set(found.flatMap(({ metric }) => Object.keys(metric)))]
    .filter((label) => label !== "__name__")
    .sort();
  const rows = found.flatMap(({ metric, points }) => points.map(() => metric));
  return createDataFrame({
    refId,
    fields: [
      { name: TIME, type: FieldType.time, config: {}, values: found.flatMap(timesOf) },
      ...labels.map((label) => labelColumn(label, rows)),
      {
        name: isOnly ? VALUE : `${VALUE} #${refId}`,
        type: FieldType.number,
        config: {},
        values: found.flatMap(valuesOf),
      },
    ],
  });
}

/** A frame for each bucket, named by its bound, with only what lies between two bounds. */
export function heatmapFrames(found: readonly Series[], query: PrometheusQuery, stepMs: number): DataFrame[] {
  const times = [...new Set(found.flatMap(timesOf))].sort((a, b) => a - b);
  const buckets = found.map((series) => {
    const byTime = new Map(series.points.map(([seconds, text]) => [seconds * 1_000, sampleOf(text)]));
    return { le: series.metric["le"] ?? "+Inf", values: times.map((time) => byTime.get(time) ?? null) };
  });
  return separateBuckets(buckets).map(({ le, values }) =>
    createDataFrame({
      refId: query.refId,
      name: le,
      meta: { type: DataFrameType.HeatmapRows },
      fields: [
        { name: TIME, type: FieldType.time, config: { interval: stepMs }, values: times },
        {
          name: VALUE,
          type: FieldType.number,
          labels: { le },
          config: { displayNameFromDS: le },
          values: [...values],
        },
      ],
    }),
  );
}
