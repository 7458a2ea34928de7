export { composeProblems } from "./compose-problems.ts";
export { fileToRun } from "./file-to-run.ts";
export { composePrometheusFile } from "./prometheus-file.ts";
