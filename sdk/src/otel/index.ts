/** What is recorded, as metrics of OpenTelemetry. */
export { INSTRUMENTS, type Instrument } from "./instruments.ts";
export { type OtelOptions, otel } from "./otel.ts";
