import { metrics } from "@opentelemetry/api";
import { start } from "@sockscope/sdk";
import { otel } from "@sockscope/sdk/otel";

export const sockscope = start({
  collector: "https://telemetry.example.com",
  app: "chat",
  sinks: [otel(metrics.getMeter("sockscope"))],
});
