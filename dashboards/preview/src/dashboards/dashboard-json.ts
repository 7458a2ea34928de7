import type { DataTransformerConfig, FieldConfigSource } from "@grafana/data";
import type { PrometheusQuery } from "../prometheus/prometheus-query.ts";

/** Where a panel is, in cells of a grid that has 24 columns. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A link to somewhere else, of a dashboard or of a panel. */
export interface DashboardLink {
  readonly type?: "link" | "dashboards";
  readonly title?: string;
  readonly tooltip?: string;
  readonly icon?: string;
  readonly url?: string;
  readonly targetBlank?: boolean;
  readonly keepTime?: boolean;
  readonly includeVars?: boolean;
}

/** A panel as the classic dashboard JSON has it. */
export interface PanelJson {
  readonly id?: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly transparent?: boolean;
  readonly gridPos?: GridPosition;
  readonly targets?: readonly PrometheusQuery[];
  readonly transformations?: readonly DataTransformerConfig[];
  readonly options?: object;
  readonly fieldConfig?: FieldConfigSource;
  readonly maxDataPoints?: number;
  readonly interval?: string;
  readonly timeFrom?: string;
  readonly links?: readonly DashboardLink[];
  /** Of a row. */
  readonly collapsed?: boolean;
  /** Of a collapsed row. */
  readonly panels?: readonly PanelJson[];
}

/** A variable as the classic dashboard JSON has it. */
export interface VariableJson {
  readonly type: string;
  readonly name: string;
  readonly label?: string;
  readonly description?: string;
  /** 0: shown, 1: without its label, 2: not at all. */
  readonly hide?: 0 | 1 | 2 | 3;
  readonly query?: string | { readonly query: string; readonly refId?: string };
  readonly current?: { readonly text?: string | string[]; readonly value?: string | string[] };
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly regex?: string;
  readonly refresh?: number;
  readonly sort?: number;
  readonly skipUrlSync?: boolean;
}

/** An annotation as the classic dashboard JSON has it. */
export interface AnnotationJson {
  readonly name: string;
  readonly enable?: boolean;
  readonly hide?: boolean;
  readonly iconColor?: string;
  readonly builtIn?: number;
  readonly expr?: string;
  readonly target?: { readonly expr?: string };
}

/** A classic dashboard, as far as the preview reads it. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly time?: { readonly from: string; readonly to: string };
  readonly timezone?: string;
  readonly timepicker?: { readonly refresh_intervals?: readonly string[] };
  readonly refresh?: string;
  /** 0: each chart has its own cursor, 1: they share it, 2: and the tooltip. */
  readonly graphTooltip?: 0 | 1 | 2;
  readonly links?: readonly DashboardLink[];
  readonly templating?: { readonly list?: readonly VariableJson[] };
  readonly annotations?: { readonly list?: readonly AnnotationJson[] };
  readonly panels?: readonly PanelJson[];
}
