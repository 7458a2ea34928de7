export { Child, type ChildCommand } from "./child.ts";
export { freePort } from "./free-port.ts";
export { startPrometheus } from "./parts/prometheus.ts";
export { program, readPrograms } from "./programs.ts";
export { activeAlertmanagers, loadedRules, query, type Sample } from "./prometheus-api.ts";
export { PORTS } from "./run-stack.ts";
export { DEMO_APP, type Stack, type StackOptions, startStack } from "./stack.ts";
export { StackError } from "./stack-error.ts";
export { until } from "./until.ts";
