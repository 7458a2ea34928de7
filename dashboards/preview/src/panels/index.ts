import type { PanelPlugin } from "@grafana/data";
import { sceneUtils } from "@grafana/scenes";
import { BAR_GAUGE } from "./bar-gauge.tsx";
import { HEATMAP } from "./heatmap/heatmap.tsx";
import { STAT } from "./stat.tsx";
import { TABLE } from "./table.tsx";
import { TEXT } from "./text.tsx";
import { TIME_SERIES } from "./time-series/time-series.tsx";

/** Panel types by their name in a dashboard's JSON. */
const PANELS: Readonly<Record<string, PanelPlugin>> = {
  bargauge: BAR_GAUGE as PanelPlugin,
  heatmap: HEATMAP as PanelPlugin,
  stat: STAT as PanelPlugin,
  table: TABLE as PanelPlugin,
  text: TEXT as PanelPlugin,
  timeseries: TIME_SERIES as PanelPlugin,
};

/** Makes every panel type known; once. */
export function registerPanels(): void {
  for (const [pluginId, plugin] of Object.entries(PANELS)) {
    sceneUtils.registerRuntimePanelPlugin({ pluginId, plugin });
  }
  // It has no queries, so nothing would ever tell it that there is data.
  TEXT.meta.skipDataQuery = true;
}
