import { datadogRum } from "@datadog/browser-rum";
import { start } from "@sockscope/sdk";
import { datadog } from "@sockscope/sdk/datadog";

export const sockscope = start({
  collector: "https://telemetry.example.com",
  app: "chat",
  sinks: [datadog(datadogRum)],
});
