import type { DashboardSpec } from "@sockscope/dashboards";
import {
  type AnsweredSeries,
  askTarget,
  type DashboardPanel,
  dashboardPanels,
  type Target,
  type View,
} from "@sockscope/stack/grafana";
import { loadPrometheus } from "@sockscope/stack/synthetic";
import { recordingGroups } from "../rule-groups.test-support.ts";
import { LOOKS_BACK_SECONDS, NOW, type PanelScenario } from "./scenarios.test-support.ts";

/** A query of a panel with its answer. */
export interface Answered {
  readonly panel: DashboardPanel;
  readonly target: Target;
  /** What the reader chose, in words: "all", or values. */
  readonly choice: string;
  readonly series: readonly AnsweredSeries[];
  /** Undefined where Prometheus, or Grafana, refused. */
  readonly refusal?: string;
}

/** Where it stands, for whoever has to mend it. */
export function placeOf({ panel, target, choice }: Answered): string {
  return `${panel.title}, ${target.refId}${choice === "all" ? "" : ` (${choice})`}`;
}

/** Faults without those that are the same for one who chose as for everybody. */
export function distinct(faults: readonly string[]): string[] {
  const all = new Set(faults);
  return faults.filter((fault) => {
    const ofEverybody = fault.replace(/ \([\w, ]+\): /, ": ");
    return ofEverybody === fault || !all.has(ofEverybody);
  });
}

/** A value of every variable, as one reader might choose it. */
const ONE: Readonly<Record<string, string>> = { app: "chat", release: "2.4.1" };

function oneOfEach({ variables }: DashboardSpec): Record<string, string> {
  return Object.fromEntries(variables.map((variable) => [variable, ONE[variable] ?? "eu"]));
}

async function answered(url: string, panel: DashboardPanel, view: View): Promise<Answered[]> {
  const choice = view.chosen === undefined ? "all" : Object.values(view.chosen).join(", ");
  return await Promise.all(
    panel.targets.map(async (target): Promise<Answered> => {
      const about = { panel, target, choice };
      try {
        return { ...about, series: await askTarget(url, panel, target, view) };
      } catch (error) {
        return { ...about, series: [], refusal: (error as Error).message };
      }
    }),
  );
}

/** Asks every query of these panels, once of everything and once of what one reader chose. */
export async function askAll(
  url: string,
  panels: readonly DashboardPanel[],
  view: View,
): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (const panel of panels) {
    answers.push(...(await answered(url, panel, view)));
    answers.push(...(await answered(url, panel, { ...view, chosen: oneOfEach(panel.spec) })));
  }
  return answers;
}

/** Loads a scenario into a Prometheus of its own, and asks it every query of every dashboard. */
export async function execute(
  { catalog, series, scrapes }: PanelScenario,
  options: {
    readonly intervalSeconds?: number;
    readonly panels?: readonly DashboardPanel[];
    /** What the reader looks at. Default: the last minutes, as most scenarios are made for. */
    readonly looksAt?: Pick<View, "from" | "until">;
  } = {},
): Promise<readonly Answered[]> {
  const {
    panels = dashboardPanels(catalog),
    intervalSeconds = scrapes.everySeconds,
    looksAt = { from: NOW - LOOKS_BACK_SECONDS, until: NOW },
  } = options;
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => ({ promql: expr })));
  const prometheus = await loadPrometheus({
    series,
    scrapes,
    recording: recordingGroups(expressions, catalog),
  });
  try {
    return await askAll(prometheus.url, panels, { ...looksAt, intervalSeconds });
  } finally {
    await prometheus.stop();
  }
}
