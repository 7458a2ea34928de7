/** What is recorded, as actions and vitals of Datadog RUM. */
export { type DatadogOptions, datadog, MAX_EVENTS_PER_MINUTE } from "./datadog.ts";
