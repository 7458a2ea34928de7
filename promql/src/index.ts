export * from "./expression.ts";
export * from "./functions.ts";
export * from "./operators.ts";
export * from "./recording-rules.ts";
export * from "./selector.ts";
