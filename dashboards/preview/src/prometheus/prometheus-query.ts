import type { DataQuery } from "@grafana/schema";

/** A query as a dashboard has it for Grafana's Prometheus data source. */
export interface PrometheusQuery extends DataQuery {
  readonly expr: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly format?: "time_series" | "table" | "heatmap";
  /** Its least step. */
  readonly interval?: string;
  readonly exemplar?: boolean;
}
