export { type DeploymentFiles, deploymentFiles } from "./deployment-files.ts";
export type { Explanation } from "./explain/explanation.ts";
export { explanationsOf } from "./explain/explanations-of.ts";
export { labelTexts } from "./explain/label-texts.ts";
export { objectiveText } from "./explain/objective-text.ts";
export { namesIn, type Reader, type Reading, readersOf, readingsOf } from "./explain/readers.ts";
export { runSockscope } from "./run-sockscope.ts";
export type { Terminal } from "./terminal.ts";
