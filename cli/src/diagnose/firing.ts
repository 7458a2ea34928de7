import type { Labels, Prometheus } from "./prometheus.ts";

/** One series for which an alert fires. */
export interface Firing {
  /** With `alertname` and `severity`. */
  readonly labels: Labels;
  /** Since when its condition holds, in seconds since 1970; undefined where nobody knows. */
  readonly since: number | undefined;
  /** What its pager says, and where it leads. Empty where Prometheus has only its series. */
  readonly annotations: Labels;
}

interface ActiveAlert {
  readonly labels: Labels;
  readonly annotations?: Labels;
  readonly state: string;
  readonly activeAt: string;
}

function fromList(alerts: readonly ActiveAlert[]): readonly Firing[] {
  return alerts
    .filter(({ state }) => state === "firing")
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
async function fromSeries(prometheus: Prometheus, moment: number): Promise<readonly Firing[]> {
  const [firing, since] = await Promise.all([
    prometheus.query('ALERTS{alertstate="firing"}', moment),
    prometheus.query("ALERTS_FOR_STATE", moment),
  ]);
  const begun = new Map(since.samples.map(({ labels: { __name__, ...of }, value }) => [keyOf(of), value]));
  return firing.samples.map(({ labels: { __name__, alertstate, ...labels } }) => ({
    labels,
    since: begun.get(keyOf(labels)),
    annotations: {},
  }));
}

/**
 * Every alert that fires at a moment.
 *
 * @param moment.isPast whether it is another than now, of which Prometheus has nothing but series
 * @throws PrometheusError
 */
export async function firingAt(
  prometheus: Prometheus,
  { moment, isPast }: { readonly moment: number; readonly isPast: boolean },
): Promise<readonly Firing[]> {
  const listed = isPast ? undefined : await prometheus.alerts();
  return Array.isArray(listed) ? fromList(listed) : fromSeries(prometheus, moment);
}
