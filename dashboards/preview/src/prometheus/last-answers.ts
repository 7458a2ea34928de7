import type { DataFrame, DataQueryRequest } from "@grafana/data";
import { type SceneObject, sceneGraph } from "@grafana/scenes";
import { askingObject } from "./asking-object.ts";
import type { PrometheusQuery } from "./prometheus-query.ts";

/** What somebody was last told. */
export interface LastAnswer {
  readonly series: readonly DataFrame[];
  readonly atMs: number;
}

interface Remembered extends LastAnswer {
  readonly question: string;
}

type Request = DataQueryRequest<PrometheusQuery>;

/** The same for a refresh; another for other values of variables and for another span of time. */
function questionOf({ targets, rangeRaw, scopedVars }: Request, asking: SceneObject): string {
  const exprs = targets.map(({ expr }) => sceneGraph.interpolate(asking, expr, scopedVars));
  return JSON.stringify([rangeRaw, exprs]);
}

/** What each part of a dashboard was last told, for as long as the part is there. */
export class LastAnswers {
  readonly #answers = new WeakMap<SceneObject, Remembered>();

  remember(request: Request, series: readonly DataFrame[]): void {
    const asking = askingObject(request.scopedVars);
    if (asking === undefined) return;
    this.#answers.set(asking, { question: questionOf(request, asking), series, atMs: Date.now() });
  }

  /** The answer to the same question; undefined when it was never answered, or the last one was another. */
  of(request: Request): LastAnswer | undefined {
    const asking = askingObject(request.scopedVars);
    const last = asking === undefined ? undefined : this.#answers.get(asking);
    return asking !== undefined && last?.question === questionOf(request, asking) ? last : undefined;
  }
}
