import {
  type AnsweredSeries,
  askRange,
  type DashboardAnnotation,
  dashboardAnnotations,
  interpolated,
  type View,
} from "@sockscope/stack/grafana";
import { loadPrometheus } from "@sockscope/stack/synthetic";
import type { PanelScenario } from "./scenarios.test-support.ts";

/** An annotation with what it marks. */
export interface Marked {
  readonly annotation: DashboardAnnotation;
  readonly series: readonly AnsweredSeries[];
}

/** Asks every annotation of every dashboard, of a Prometheus with what annotations read of a scenario. */
export async function mark(
  { catalog, series, scrapes }: PanelScenario,
  looksAt: Pick<View, "from" | "until">,
): Promise<readonly Marked[]> {
  const annotations = dashboardAnnotations(catalog);
  const read = annotations.map(({ expr }) => expr).join();
  const prometheus = await loadPrometheus({
    series: series.filter(({ name }) => read.includes(name)),
    scrapes,
  });
  const view = { ...looksAt, intervalSeconds: scrapes.everySeconds };
  try {
    return await Promise.all(
      annotations.map(async (annotation) => ({
        annotation,
        series: await askRange(
          prometheus.url,
          interpolated(annotation.expr, annotation.dashboard, view),
          view,
        ),
      })),
    );
  } finally {
    await prometheus.stop();
  }
}

/** Where it stands, for whoever has to mend it. */
function placeOf({ annotation: { dashboard, name } }: Marked): string {
  return `${dashboard.title}, ${name}`;
}

/** Annotations that mark something. */
export function found(marked: readonly Marked[]): string[] {
  return marked.filter(({ series }) => series.length > 0).map(placeOf);
}

/** What is wrong with the words of marks: labels that are not there. */
export function wordFaults(marked: readonly Marked[]): string[] {
  return marked.flatMap((one) => {
    const { titleFormat, textFormat } = one.annotation;
    const named = [...`${titleFormat} ${textFormat}`.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(
      ([, label = ""]) => label,
    );
    return named
      .filter((label) => one.series.some(({ labels }) => !(label in labels)))
      .map((label) => `${placeOf(one)}: names ${label}, which a mark has not`);
  });
}
