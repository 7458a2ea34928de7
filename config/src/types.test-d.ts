import { defineConfig } from "./index.ts";

/* What must not compile. The compiler checks this file with the tests: an error that is expected and missing fails it. */

const apps = [{ name: "chat", origins: ["https://chat.example"] }];

defineConfig({
  apps,
  targets: { connect_success: { share: 0.99 }, message_delivery: { bound: 10 } },
  alerts: { WsAuthCloseSpike: { share: 0.1, on: false } },
  receivers: { page: { slack: { apiUrlFile: "/run/url", channel: "#on-call" } } },
});

// @ts-expect-error There is no such alert.
defineConfig({ apps, alerts: { WsAuthCloseSpik: {} } });
// @ts-expect-error The alert has no such number.
defineConfig({ apps, alerts: { WsAuthCloseSpike: { fewestClients: 10 } } });
// @ts-expect-error The target has no bound.
defineConfig({ apps, targets: { connect_success: { bound: 0.5 } } });
// @ts-expect-error A secret is in a file.
defineConfig({ apps, receivers: { page: { pagerduty: { routingKey: "secret" } } } });
// @ts-expect-error There is no such key.
defineConfig({ apps, release: "2.4.1" });
