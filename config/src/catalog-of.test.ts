import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { expect, it } from "vitest";
import { catalogOf } from "./catalog-of.ts";
import { checkConfig } from "./check-config.ts";

function catalogWith(settings: object) {
  const apps = [{ name: "chat", origins: ["https://chat.example"] }];
  return catalogOf(checkConfig({ apps, ...settings }, "sockscope.config.json"));
}

it("is the product's own where nothing is said", () => {
  const { closeCodeLabel: _label, ...catalog } = catalogWith({});
  const { closeCodeLabel: _other, ...product } = DEFAULT_CATALOG;
  expect(catalog).toEqual(product);
});

it("has a deployment's targets and thresholds, and the product's beside them", () => {
  const { targets, thresholds } = catalogWith({
    targets: { message_latency: { bound: 0.3 } },
    alerts: { WsAuthCloseSpike: { share: 0.5 } },
  });
  expect(targets.message_latency.objective).toMatchObject({ bound: 0.3, share: 0.95 });
  expect(thresholds.WsAuthCloseSpike).toEqual({
    ...DEFAULT_CATALOG.thresholds.WsAuthCloseSpike,
    share: 0.5,
  });
});

it("leaves out the alerts that are off, and no other", () => {
  const alerts = { Watchdog: { on: false }, WsReconnectStorm: { on: true }, WsMassDisconnect: {} };
  expect(catalogWith({ alerts }).silencedAlerts).toEqual(["Watchdog"]);
});

it("has the names of jobs, the labels of the environment, and whether there are releases", () => {
  const settings = { jobs: { servers: "chat" }, environmentLabels: ["cluster"], releases: [] };
  expect(catalogWith(settings)).toMatchObject({
    jobs: { collectors: "sockscope-collector", servers: "chat" },
    environmentLabels: ["cluster"],
    hasReleases: true,
  });
});
