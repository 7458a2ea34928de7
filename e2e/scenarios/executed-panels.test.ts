import { fileURLToPath } from "node:url";
import { type Catalog, createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { catalogOf, readConfig } from "@sockscope/config";
import { dashboardPanels } from "@sockscope/stack/grafana";
import { describe, expect, it } from "vitest";
import { answerFaults } from "../testing/panels/answer-faults.test-support.ts";
import { askingFaults } from "../testing/panels/asking-faults.test-support.ts";
import { type Answered, distinct, execute } from "../testing/panels/executed.test-support.ts";
import { unitFaults } from "../testing/panels/grafana-unit.test-support.ts";
import { legendFaults } from "../testing/panels/legend-faults.test-support.ts";
import { referenceFaults } from "../testing/panels/reference-faults.test-support.ts";
import {
  busy,
  counterReset,
  idle,
  minutely,
  night,
  noData,
  type PanelScenario,
  replaced,
  rolledOutOneByOne,
  threeReplicas,
} from "../testing/panels/scenarios.test-support.ts";
import { replicaFaults, spikeFaults } from "../testing/panels/truth-faults.test-support.ts";

/** What a deployment may add: the demo's own frames, codes and metrics, with releases, in two clusters. */
async function extendedCatalog(): Promise<Catalog> {
  const file = fileURLToPath(new URL("../../demo/sockscope.config.json", import.meta.url));
  const config = await readConfig(file);
  return catalogOf({ ...config, releases: {}, environmentLabels: ["cluster"] } as typeof config);
}

const EXTENDED = await extendedCatalog();

/** Each scenario is executed once, whoever asks. */
const executed = new Map<string, Promise<readonly Answered[]>>();

function answersIn(scenario: PanelScenario): Promise<readonly Answered[]> {
  const { name } = scenario;
  const answers = executed.get(name) ?? execute(scenario);
  executed.set(name, answers);
  return answers;
}

const SCENARIOS = [
  busy(DEFAULT_CATALOG),
  idle(DEFAULT_CATALOG),
  night(DEFAULT_CATALOG),
  noData(DEFAULT_CATALOG),
  rolledOutOneByOne(DEFAULT_CATALOG),
  threeReplicas(DEFAULT_CATALOG),
  counterReset(DEFAULT_CATALOG),
  minutely(DEFAULT_CATALOG),
  busy(EXTENDED, "busy, of a deployment's own catalog"),
  replaced(EXTENDED, "rollout, of a deployment's own catalog"),
  idle(EXTENDED, "idle, of a deployment's own catalog"),
  noData(EXTENDED, "no data, of a deployment's own catalog"),
];

function scenarioCalled(name: string): PanelScenario {
  return SCENARIOS.find((scenario) => scenario.name === name) ?? expect.fail(name);
}

describe("every panel of every dashboard", () => {
  it.concurrent.each(SCENARIOS)("shows what it ought to: $name", async (scenario) => {
    const answers = await answersIn(scenario);
    expect(answers.length).toBeGreaterThan(0);
    expect(distinct([...answerFaults(answers, scenario), ...legendFaults(answers)])).toEqual([]);
  });

  it.each([
    ["the product's own catalog", DEFAULT_CATALOG, "busy"],
    ["a deployment's own catalog", EXTENDED, "busy, of a deployment's own catalog"],
  ])("names only what there is, in units that its expressions have: %s", async (_, catalog, name) => {
    const panels = dashboardPanels(catalog);
    const answers = await answersIn(scenarioCalled(name));
    expect([
      ...askingFaults(catalog, panels),
      ...panels.flatMap(unitFaults),
      ...referenceFaults(catalog, panels, answers),
    ]).toEqual([]);
  });

  it("shows the same of three collectors and twenty pods as of one of each", async () => {
    const [three, one] = [
      await answersIn(scenarioCalled("three replicas")),
      await answersIn(scenarioCalled("busy")),
    ];
    expect(distinct(replicaFaults(three, one))).toEqual([]);
  });

  it.each(["counter reset", "rollout"])("shows no spike and nothing below zero: %s", async (name) => {
    const [troubled, calm] = [await answersIn(scenarioCalled(name)), await answersIn(scenarioCalled("busy"))];
    expect(distinct(spikeFaults(troubled, calm))).toEqual([]);
  });

  it("is asked of dashboards that a deployment adds to, too", () => {
    const own = new Set(dashboardPanels(EXTENDED).map(({ title }) => title));
    const product = new Set(dashboardPanels(createCatalog()).map(({ title }) => title));
    expect(own.size).toBeGreaterThan(product.size);
  });
});
