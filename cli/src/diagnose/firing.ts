import type { Labels, Prometheus } from "./prometheus.ts";

/** One series for which an alert fires, or is about to. */
export interface Firing {
  /** With `alertname` and `severity`. */
  readonly labels: Labels;
  /** Since when its condition holds, in seconds since 1970; undefined where nobody knows. */
  readonly since: number | undefined;
  /** What its pager says, and where it leads. Empty where Prometheus has only its series. */
  readonly annotations: Labels;
}

/** Every alert that is active at a moment. */
export interface Active {
  readonly firing: readonly Firing[];
  /** Whose condition holds, and not for as long yet as it takes to fire. */
  readonly pending: readonly Firing[];
}

/** Whether it wakes somebody up. */
export function isPage({ labels }: Firing): boolean {
  return labels["severity"] === "page";
}

/** Whether it is of something that is wrong, as all but Watchdog are. */
export function tellsSomebody({ labels }: Firing): boolean {
  return labels["severity"] !== "none";
}

type State = keyof Active;

interface ActiveAlert {
  readonly labels: Labels;
  readonly annotations?: Labels;
  readonly state: string;
  readonly activeAt: string;
}

function fromList(alerts: readonly ActiveAlert[], wanted: State): readonly Firing[] {
  return alerts
    .filter(({ state }) => state === wanted)
    .map(({ labels, annotations = {}, activeAt }) => ({
      labels,
      annotations,
      since: Number.isNaN(Date.parse(activeAt)) ? undefined : Date.parse(activeAt) / 1000,
    }));
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** From the two series that Prometheus writes for each alert, which it keeps as long as all others. */
async function fromSeries(prometheus: Prometheus, moment: number): Promise<Active> {
  const [active, since] = await Promise.all([
    prometheus.query("ALERTS", moment),
    prometheus.query("ALERTS_FOR_STATE", moment),
  ]);
  const begun = new Map(since.samples.map(({ labels: { __name__, ...of }, value }) => [keyOf(of), value]));
  const inState = (state: State): readonly Firing[] =>
    active.samples
      .filter(({ labels }) => labels["alertstate"] === state)
      .map(({ labels: { __name__, alertstate, ...labels } }) => ({
        labels,
        since: begun.get(keyOf(labels)),
        annotations: {},
      }));
  return { firing: inState("firing"), pending: inState("pending") };
}

/**
 * Every alert that is active at a moment.
 *
 * @param moment.isPast whether it is another than now, of which Prometheus has nothing but series
 * @throws PrometheusError
 */
export async function activeAt(
  prometheus: Prometheus,
  { moment, isPast }: { readonly moment: number; readonly isPast: boolean },
): Promise<Active> {
  const listed = isPast ? undefined : await prometheus.alerts();
  if (!Array.isArray(listed)) return fromSeries(prometheus, moment);
  return { firing: fromList(listed, "firing"), pending: fromList(listed, "pending") };
}
