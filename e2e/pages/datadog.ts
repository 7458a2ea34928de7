import { datadogRum } from "@datadog/browser-rum";
import { start } from "@sockscope/sdk";
import { datadog } from "@sockscope/sdk/datadog";

datadogRum.init({
  applicationId: "00000000-0000-0000-0000-000000000000",
  clientToken: "pub0",
  site: "datadoghq.com",
  proxy: `${location.origin}/intake`,
  sessionSampleRate: 100,
  sessionReplaySampleRate: 0,
  telemetrySampleRate: 0,
  sessionPersistence: "memory",
  trackUserInteractions: false,
});

const sockscope = start({
  collector: location.origin,
  app: "chat",
  sampleRate: 0,
  sinks: [datadog(datadogRum)],
});

globalThis.liveThrough = async (url) => {
  const socket = new WebSocket(url);
  sockscope.observe(socket);
  // After the SDK, whose listener is the earlier one.
  await new Promise((resolve) => socket.addEventListener("close", resolve));
};
