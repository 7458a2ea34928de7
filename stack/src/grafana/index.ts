/** What Grafana does with our dashboards, as far as it is asking. */
export { type AnsweredSeries, askMoment, askRange, askTarget } from "./ask.ts";
export { interpolated, rateIntervalSeconds, stepSeconds, type View } from "./interpolated.ts";
export {
  type BuiltPanel,
  type DashboardAnnotation,
  type DashboardPanel,
  dashboardAnnotations,
  dashboardPanels,
  type Target,
} from "./panels.ts";
