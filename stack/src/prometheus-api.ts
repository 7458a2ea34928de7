/** One series of an instant query's answer. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Answer<T> {
  readonly status: "success" | "error";
  readonly data: T;
  readonly error?: string;
}

/** A Prometheus that takes longer is not well. */
const TIMEOUT_MS = 10_000;

async function ask<T>(url: string): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const answer = (await response.json()) as Answer<T>;
  if (answer.status !== "success") throw new Error(`Prometheus refused ${url}: ${answer.error}`);
  return answer.data;
}

/**
 * Asks a Prometheus for the value of an expression now.
 *
 * See {@link https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries | the HTTP API}.
 *
 * @throws Error with Prometheus' own words when it does not understand the expression
 */
export async function query(prometheusUrl: string, promql: string): Promise<Sample[]> {
  const { result } = await ask<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
    `${prometheusUrl}/api/v1/query?${new URLSearchParams({ query: promql })}`,
  );
  return result.map(({ metric, value }) => ({ metric, value: sampleValue(value[1]) }));
}

/** A sample's value; Prometheus writes infinities as `+Inf` and `-Inf`. */
function sampleValue(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}

/** An alerting or recording rule as Prometheus has it loaded. */
export interface LoadedRule {
  readonly name: string;
  readonly query: string;
  readonly health: "ok" | "err" | "unknown";
  readonly type: "alerting" | "recording";
  /** Of an alerting rule only; what alerts say, with templates as they are written. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** How often it is evaluated, in seconds. */
  readonly intervalSeconds: number;
  /** Of an alerting rule only. */
  readonly state?: "inactive" | "pending" | "firing";
}

interface RuleGroup {
  /** Seconds. */
  readonly interval: number;
  readonly rules: readonly Omit<LoadedRule, "intervalSeconds">[];
}

/** The rules that a Prometheus evaluates. */
export async function loadedRules(prometheusUrl: string): Promise<LoadedRule[]> {
  const { groups } = await ask<{ groups: RuleGroup[] }>(`${prometheusUrl}/api/v1/rules`);
  return groups.flatMap(({ interval, rules }) =>
    rules.map((rule) => ({ ...rule, intervalSeconds: interval })),
  );
}

/** One series for which an alert is pending or fires. */
export interface ActiveAlert {
  /** With `alertname` and `severity`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: "pending" | "firing";
}

/** Every alert that is pending or fires. */
export async function activeAlerts(prometheusUrl: string): Promise<readonly ActiveAlert[]> {
  const { alerts } = await ask<{ alerts: readonly ActiveAlert[] }>(`${prometheusUrl}/api/v1/alerts`);
  return alerts;
}

/** How many of the active targets are scraped successfully. */
export async function targetsUp(prometheusUrl: string): Promise<{ up: number; all: number }> {
  const { activeTargets } = await ask<{ activeTargets: { health: string }[] }>(
    `${prometheusUrl}/api/v1/targets?state=active`,
  );
  return { up: activeTargets.filter(({ health }) => health === "up").length, all: activeTargets.length };
}

/** The Alertmanagers that a Prometheus sends to. */
export async function activeAlertmanagers(prometheusUrl: string): Promise<string[]> {
  const data = await ask<{ activeAlertmanagers: { url: string }[] }>(`${prometheusUrl}/api/v1/alertmanagers`);
  return data.activeAlertmanagers.map(({ url }) => url);
}
