import { describe, expect, it } from "vitest";
import {
  AFFECTED_SESSIONS,
  CLOSES,
  CONNECT_ATTEMPTS,
  createCatalog,
  DEFAULT_CATALOG,
  documentedIn,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  labelCombinations,
  type Metric,
  SERVER_CLOSES,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
  worstCaseSeries,
} from "./index.ts";

const OWN = createCatalog({
  frames: { received: ["order_filled"], sent: ["place_order"] },
  closeCodes: {
    "4001": { name: "kicked", meaning: "Logged in elsewhere.", userSees: "error" },
    "4002": { name: "done", meaning: "The order is complete.", userSees: "nothing" },
  },
  closeReasons: { kicked: 4001 },
  authMethods: ["bearer"],
});

function valuesOf(metric: Metric, label: string, catalog = OWN): readonly string[] {
  const all = [...catalog.clientMetrics, ...catalog.serverMetrics];
  return (documentedIn(all, metric).metric.labels as Record<string, readonly string[]>)[label] ?? [];
}

describe("a catalog with what a deployment adds", () => {
  it.each([
    [FRAMES_RECEIVED, "event", "order_filled", "other"],
    [FRAMES_SENT, "event", "place_order", "other"],
    [SERVER_FRAMES_SENT, "event", "order_filled", "other"],
    [SERVER_FRAMES_RECEIVED, "event", "place_order", "other"],
    [CLOSES, "code", "4001", "none"],
    [AFFECTED_SESSIONS, "code", "4001", "unassigned"],
    [SERVER_CLOSES, "code", "4001", "unassigned"],
    [SERVER_CLOSES, "reason", "kicked", "other"],
    [SERVER_CONNECTIONS_OPENED, "auth_method", "bearer", "other"],
  ] as const)("%o has it in %s, and what stands for the rest stays last", (metric, label, own, rest) => {
    const before = valuesOf(metric, label, DEFAULT_CATALOG);
    const values = valuesOf(metric, label);
    expect(values).toContain(own);
    expect(before).not.toContain(own);
    expect(values.filter((value) => before.includes(value))).toEqual(before);
    expect(values.at(-1)).toBe(rest);
  });

  it("gives frames of one direction no series of the other", () => {
    expect(valuesOf(FRAMES_RECEIVED, "event")).not.toContain("place_order");
    expect(valuesOf(FRAMES_SENT, "event")).not.toContain("order_filled");
  });

  it("lays out for a private code what any code of a close frame can have", () => {
    const closes = labelCombinations(documentedIn(OWN.clientMetrics, CLOSES));
    const of = (code: string) =>
      closes.filter((labels) => labels["code"] === code).map((all) => ({ ...all, code: "" }));
    expect(of("4001")).toEqual(of("4xxx"));
    expect(of("4002")).toEqual(of("4xxx"));
  });

  it("affects nobody by a code after which the user sees nothing", () => {
    const affected = labelCombinations(documentedIn(OWN.clientMetrics, AFFECTED_SESSIONS));
    expect(affected).toContainEqual({ code: "4001" });
    expect(affected).not.toContainEqual({ code: "4002" });
  });

  it("has a row and a label for a private code, and its range for the others", () => {
    const row = OWN.closeCodes.find(({ label }) => label === "4001");
    expect(row).toMatchObject({
      name: "kicked",
      travels: true,
      policy: { action: "stop", userSees: "error" },
    });
    expect([4001, 4003, 1006, 2500].map(OWN.closeCodeLabel)).toEqual(["4001", "4xxx", "1006", "unassigned"]);
    expect(DEFAULT_CATALOG.closeCodeLabel(4001)).toBe("4xxx");
  });

  it("closes for its own reasons with their code, and for the product's with theirs", () => {
    expect(OWN.closeReasons).toMatchObject({ kicked: 4001, authentication_expired: 4401 });
  });

  it("leaves a metric as it is where nothing was added to it", () => {
    expect(documentedIn(OWN.clientMetrics, CONNECT_ATTEMPTS).metric).toBe(CONNECT_ATTEMPTS);
    expect(createCatalog().clientMetrics.map(({ metric }) => metric)).toEqual(
      DEFAULT_CATALOG.clientMetrics.map(({ metric }) => metric),
    );
    expect(documentedIn(DEFAULT_CATALOG.clientMetrics, CLOSES).metric).toBe(CLOSES);
  });

  it("costs the series that its values need and no more", () => {
    const of = (metrics: typeof OWN.clientMetrics) => worstCaseSeries(metrics);
    // One event each way, and two codes: one series of a peer's close, two of the page's own; one of them affects.
    expect(of(OWN.clientMetrics) - of(DEFAULT_CATALOG.clientMetrics)).toBe(2 + 2 * 2 + 1);
  });

  it("has own metrics beside the product's", () => {
    const metric: Metric = {
      type: "counter",
      name: "orders_placed_total",
      labels: { kind: ["buy", "sell"] },
    };
    const own = { symbol: "ORDERS_PLACED", metric, help: "Orders.", unit: "orders", readAs: "", doNot: "" };
    expect(createCatalog({ metrics: [own] }).clientMetrics.at(-1)).toEqual(own);
  });

  it("does not know a metric that nobody declared", () => {
    expect(() => documentedIn(OWN.serverMetrics, CLOSES)).toThrow(
      "ws_client_closes_total is not in the catalog",
    );
  });
});
