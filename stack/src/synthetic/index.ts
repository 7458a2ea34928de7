/** A Prometheus that has whatever is to be asked of it: series made of the catalog, at a time of one's own. */
export { type FiringAlerts, firingAlerts } from "./firing-alerts.ts";
export { type Exposer, type FleetOptions, fleetOf, restarted, rolledOut } from "./fleet.ts";
export { type Loaded, type LoadedPrometheus, loadPrometheus } from "./loaded-prometheus.ts";
export type { Scrapes } from "./open-metrics.ts";
export { OwnPrometheus } from "./own-prometheus.ts";
export { type Happening, type SyntheticSeries, seriesOf } from "./series.ts";
