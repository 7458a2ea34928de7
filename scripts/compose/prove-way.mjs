// @ts-check
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { ROOT } from "../setup/paths.mjs";
import { SetupError } from "../setup/progress.mjs";

/** @typedef {import("./project.mjs").Project} Project */

/** Rules are evaluated and pages send as often as they do; a machine with two cores takes its time. */
const WITHIN_MS = 120_000;
const ANSWER_MS = 10_000;

const stack = () => import("../../stack/dist/index.js");

/**
 * @template T
 * @param {string} what
 * @param {() => Promise<T | undefined>} ask
 * @returns {Promise<T>}
 */
export async function eventually(what, ask) {
  const { until } = await stack();
  const answer = await until(ask, { timeoutMs: WITHIN_MS });
  if (answer === undefined) throw new SetupError(`${what} did not happen within ${WITHIN_MS / 1000} s.`);
  return answer;
}

/** @param {string} url */
async function get(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
  assert.ok(response.ok, `${url} answers ${response.status}`);
  return response;
}

/** Both jobs are scraped, every rule is evaluated, and Alertmanager is known. @param {Project} project */
export async function proveScraping(project) {
  const { activeAlertmanagers, loadedRules, query } = await stack();
  const prometheus = await project.url("prometheus", 9090);
  await eventually("A successful scrape of both jobs", async () => {
    const up = await query(prometheus, "up == 1");
    return up.length === 2 ? up : undefined;
  });
  await eventually("An evaluation of every rule without an error", async () => {
    const rules = await loadedRules(prometheus);
    const failed = rules.find(({ health }) => health === "err");
    assert.equal(failed, undefined, `the rule ${failed?.name} fails`);
    // A rule that is evaluated more seldom than anybody waits for has not failed.
    const isKnown = rules.every(
      ({ health, intervalSeconds }) => health === "ok" || intervalSeconds * 1000 > WITHIN_MS,
    );
    return rules.length > 0 && isKnown ? rules : undefined;
  });
  await eventually(
    "Prometheus finding Alertmanager",
    async () =>
      (await activeAlertmanagers(prometheus)).includes("http://alertmanager:9093/api/v2/alerts") || undefined,
  );
}

/** What a simulated user's browser measured is in Prometheus. @param {Project} project */
export async function proveUsers(project) {
  const { query } = await stack();
  const prometheus = await project.url("prometheus", 9090);
  const series = 'ws_client_connect_attempts_total{outcome="opened"}';
  await eventually(`${series} reaching Prometheus`, async () => {
    const [sample] = await query(prometheus, `sum(${series}) > 0`);
    return sample;
  });
}

/** Grafana has the dashboards, and its data source answers, to somebody who has no account. @param {Project} project */
export async function proveGrafana(project) {
  const grafana = await project.url("grafana", 3000);
  const found = /** @type {{ uid: string }[]} */ (
    await (await get(`${grafana}/api/search?type=dash-db`)).json()
  );
  const expected = readdirSync(`${ROOT}docker/generated/dashboards`).map((name) =>
    name.replace(/\.json$/, ""),
  );
  assert.deepEqual(found.map(({ uid }) => uid).sort(), expected.sort());
  const proxied = `${grafana}/api/datasources/proxy/uid/sockscope-prometheus/api/v1/query?query=up`;
  const { status } = /** @type {{ status: string }} */ (await (await get(proxied)).json());
  assert.equal(status, "success");
}

/** The links of every alert lead somewhere on this machine. @param {Project} project */
export async function proveRunbooks(project) {
  const { loadedRules } = await stack();
  const chat = await project.url("chat", 8000);
  const alerts = (await loadedRules(await project.url("prometheus", 9090))).filter(
    ({ type }) => type === "alerting",
  );
  assert.ok(alerts.length > 0, "Prometheus has no alert");
  for (const { name, annotations } of alerts) {
    const { pathname } = new URL(annotations?.runbook_url ?? "");
    const response = await get(chat + pathname);
    assert.match(response.headers.get("content-security-policy") ?? "", /^default-src 'none'/);
    // Its own runbook, or the index, which has every alert.
    const page = await response.text();
    assert.ok(
      page.includes(pathname.endsWith("/README.md") ? name : `<h1>${name}</h1>`),
      `${pathname}: ${name}`,
    );
  }
}

const TEST_ALERT = "SockscopeComposeTest";

/** Begins what {@link provePager} looks for: Alertmanager waits for more of the same before it tells. @param {Project} project */
export async function fireAlert(project) {
  const response = await fetch(`${await project.url("alertmanager", 9093)}/api/v2/alerts`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify([{ labels: { alertname: TEST_ALERT, app: "chat", severity: "page" } }]),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  assert.equal(response.status, 200);
}

/** A page has arrived where pages go: in the chat server's log. @param {Project} project */
export async function provePager(project) {
  await eventually(
    "An alert reaching the chat server's log",
    async () =>
      (await project.compose("logs", "--no-color", "chat")).includes(`"alertname":"${TEST_ALERT}"`) ||
      undefined,
  );
}
