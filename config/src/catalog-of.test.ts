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
    targets: { message_delivery: { bound: 10 } },
    alerts: { WsAuthCloseSpike: { share: 0.5 } },
  });
  expect(targets.message_delivery.objective).toMatchObject({ bound: 10, share: 0.995 });
  expect(thresholds.WsAuthCloseSpike).toEqual({
    ...DEFAULT_CATALOG.thresholds.WsAuthCloseSpike,
    share: 0.5,
  });
});

it.each([
  [{ WsAuthCloseSpike: { on: false } }, ["WsAuthCloseSpike"]],
  [{ WsAuthCloseSpike: { on: true } }, []],
  [{ WsAuthCloseSpike: {} }, []],
])("leaves out the alerts that are off, and no other: %j", (alerts, silenced) => {
  expect(catalogWith({ alerts }).silencedAlerts).toEqual(silenced);
});

it("has the names of jobs, the labels of the environment, and whether there are releases", () => {
  const settings = { jobs: { servers: "chat" }, environmentLabels: ["cluster"], releases: [] };
  expect(catalogWith(settings)).toMatchObject({
    jobs: { collectors: "sockscope-collector", servers: "chat" },
    environmentLabels: ["cluster"],
    hasReleases: true,
  });
});

it("knows every layout that an own histogram has had, and what becomes of each", () => {
  const layout = { bounds: [1, 5], max: 60 };
  const { ownMetrics } = catalogWith({
    histograms: {
      order_seconds: {
        help: "Time.",
        unit: "seconds",
        layout: "order-3",
        ...layout,
        olderLayouts: [
          { ...layout, id: "order-2", bounds: [1, 2, 5] },
          { ...layout, id: "order-1", bounds: [2], keptAs: "order_seconds_layout_1" },
        ],
      },
    },
  });
  expect(ownMetrics).toMatchObject([
    {
      metric: { layout: { id: "order-3" } },
      olderLayouts: [
        { layout: { id: "order-2", bounds: [1, 2, 5], max: 60 } },
        { layout: { id: "order-1", bounds: [2], max: 60 }, keptAs: "order_seconds_layout_1" },
      ],
    },
  ]);
});
