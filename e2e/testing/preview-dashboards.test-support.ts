// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Grafana fills them in.
import { CONNECT_DURATION } from "@sockscope/catalog";

const SOURCE = { type: "prometheus", uid: "${datasource}" };

interface Fields {
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly overrides: readonly object[];
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly object[];
  readonly fieldConfig: Fields;
  readonly [more: string]: unknown;
}

/** A panel with what all of them have; the rest is what a test is about. */
function panel(id: number, type: string, title: string, more: Readonly<Record<string, unknown>>): Panel {
  const gridPos = { x: ((id - 1) % 2) * 12, y: Math.floor((id - 1) / 2) * 8, w: 12, h: 8 };
  return {
    id,
    type,
    title,
    gridPos,
    targets: [],
    fieldConfig: { defaults: {}, overrides: [] },
    datasource: SOURCE,
    ...more,
  };
}

function target(refId: string, expr: string, more: object = {}): object {
  return { refId, expr, datasource: SOURCE, ...more };
}

const TABLE_TRANSFORMATIONS = [
  { id: "merge", options: {} },
  {
    id: "organize",
    options: {
      excludeByName: { Time: true, instance: true },
      renameByName: { job: "Job", "Value #A": "Up", "Value #B": "Series" },
      indexByName: { job: 0, "Value #A": 1, "Value #B": 2 },
    },
  },
  { id: "sortBy", options: { fields: {}, sort: [{ field: "Job", desc: true }] } },
];

const TABLE = panel(1, "table", "Jobs", {
  targets: [
    target("A", "sum by (job) (up)", { instant: true, format: "table" }),
    target("B", "sum by (job) (scrape_samples_scraped)", { instant: true, format: "table" }),
  ],
  transformations: TABLE_TRANSFORMATIONS,
  fieldConfig: {
    defaults: {
      mappings: [{ type: "value", options: { 1: { text: "up", color: "green", index: 0 } } }],
      thresholds: { mode: "absolute", steps: [{ color: "text", value: null }] },
    },
    overrides: [
      {
        matcher: { id: "byName", options: "Up" },
        properties: [{ id: "custom.cellOptions", value: { type: "color-background" } }],
      },
      {
        matcher: { id: "byName", options: "Job" },
        properties: [
          {
            id: "links",
            value: [
              {
                title: "Details of ${__data.fields.Job}",
                url: "/d/fixture-charts?var-job=${__data.fields.Job}&${__url_time_range}",
              },
            ],
          },
        ],
      },
    ],
  },
});

const BARS = panel(2, "bargauge", "Samples by job", {
  targets: [target("A", "sum by (job) (scrape_samples_scraped)", { instant: true, legendFormat: "{{job}}" })],
  options: { orientation: "horizontal", displayMode: "gradient", reduceOptions: { calcs: ["lastNotNull"] } },
  fieldConfig: {
    defaults: {
      min: 0,
      unit: "short",
      color: { mode: "thresholds" },
      thresholds: { mode: "absolute", steps: [{ color: "blue", value: null }] },
    },
    overrides: [],
  },
});

const WORDS = panel(3, "text", "Words", {
  options: { mode: "markdown", content: "**Bold**, and [a link](/alerts).\n\n- one of ${job}" },
});

const HEAT = panel(4, "heatmap", "Durations", {
  targets: [
    target("A", `sum by (le) (increase(${CONNECT_DURATION.name}_bucket[$__rate_interval]))`, {
      format: "heatmap",
      legendFormat: "{{le}}",
    }),
  ],
  options: { yAxis: { unit: "s" }, color: { mode: "scheme", scheme: "Oranges", exponent: 0.5, steps: 64 } },
});

const EMPTY = panel(5, "stat", "Nothing", {
  targets: [target("A", "vector(0) / 0", { instant: true })],
  options: { reduceOptions: { calcs: [] } },
});

const EMPTY_CHART = panel(6, "timeseries", "Nothing over time", {
  targets: [target("A", "nothing_of_this_name")],
});

const OWN_WORD = panel(7, "stat", "Nothing, in its own words", {
  targets: [target("A", "nothing_of_this_name", { instant: true })],
  fieldConfig: { defaults: { noValue: "quiet" }, overrides: [] },
});

const COLLAPSED_ROW = {
  ...panel(8, "row", "More", {}),
  gridPos: { x: 0, y: 40, w: 24, h: 1 },
  collapsed: true,
  panels: [
    panel(9, "stat", "Within the row", {
      targets: [target("A", "count(up)", { instant: true })],
      gridPos: { x: 0, y: 41, w: 12, h: 4 },
    }),
  ],
};

const LINES = panel(1, "timeseries", "Up by job", {
  description: "One is up. [More](https://sockscope.example/up).",
  targets: [target("A", 'up{job=~"$job"}', { legendFormat: "{{job}}" })],
  fieldConfig: {
    defaults: {
      unit: "short",
      min: 0,
      custom: { thresholdsStyle: { mode: "line+area" }, fillOpacity: 10 },
      thresholds: {
        mode: "absolute",
        steps: [
          { color: "green", value: null },
          { color: "red", value: 2 },
        ],
      },
    },
    overrides: [
      {
        matcher: { id: "byRegexp", options: "/chat.*/" },
        properties: [{ id: "color", value: { mode: "fixed", fixedColor: "purple" } }],
      },
    ],
  },
});

const STACKED = panel(2, "timeseries", "Stacked", {
  targets: [target("A", 'scrape_samples_scraped{job=~"$job"}', { legendFormat: "{{job}}" })],
  fieldConfig: {
    defaults: {
      custom: { drawStyle: "bars", fillOpacity: 80, lineWidth: 0, stacking: { mode: "normal", group: "A" } },
    },
    overrides: [],
  },
});

const JOB_VARIABLE = {
  type: "query",
  name: "job",
  label: "Job",
  datasource: SOURCE,
  query: { query: "label_values(up, job)", refId: "job" },
  refresh: 1,
  sort: 1,
  multi: true,
  includeAll: true,
  allValue: ".+",
  current: { text: "All", value: "$__all" },
};

const DATA_SOURCE_VARIABLE = { type: "datasource", name: "datasource", query: "prometheus" };

/** A test's Prometheus is younger than the minute that annotations are looked for by. */
const ANNOTATION_STEP = "5s";

const ANNOTATIONS = {
  list: [
    {
      name: "Up",
      datasource: SOURCE,
      enable: true,
      iconColor: "orange",
      expr: 'up{job="chat-server"}',
      step: ANNOTATION_STEP,
      titleFormat: "{{job}} is up",
      textFormat: "at {{instance}}",
      tagKeys: "job",
    },
    {
      name: "Scraped",
      datasource: SOURCE,
      enable: true,
      iconColor: "blue",
      target: { expr: 'scrape_samples_scraped{job="sockscope-collector"}', refId: "Anno" },
      step: ANNOTATION_STEP,
      titleFormat: "scraped",
    },
  ],
};

/** Dashboards with every type of panel and what the generated ones lack, over what every stack's Prometheus has. */
export const FIXTURES: Readonly<Record<string, object>> = {
  "fixture-panels": {
    uid: "fixture-panels",
    title: "Fixtures / Panels",
    tags: ["fixture"],
    time: { from: "now-5m", to: "now" },
    refresh: "",
    templating: {
      list: [DATA_SOURCE_VARIABLE, JOB_VARIABLE, { type: "constant", name: "secret", query: "1", hide: 2 }],
    },
    panels: [TABLE, BARS, WORDS, HEAT, EMPTY, EMPTY_CHART, OWN_WORD, COLLAPSED_ROW],
  },
  "fixture-charts": {
    uid: "fixture-charts",
    title: "Fixtures / Charts",
    tags: ["fixture"],
    time: { from: "now-5m", to: "now" },
    refresh: "",
    links: [
      { type: "dashboards", tags: ["fixture"], title: "Others", keepTime: true, includeVars: true },
      { type: "link", title: "Elsewhere", url: "/alerts", keepTime: true, includeVars: false },
    ],
    templating: { list: [DATA_SOURCE_VARIABLE, JOB_VARIABLE] },
    annotations: ANNOTATIONS,
    panels: [LINES, STACKED],
  },
};
