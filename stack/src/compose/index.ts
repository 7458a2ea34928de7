export { composePrometheusFile } from "./prometheus-file.ts";
