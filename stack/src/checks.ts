import {
  CLOSES,
  CONNECT_ATTEMPTS,
  FRAMES_RECEIVED,
  SERVER_CLOSES,
  SERVER_FRAMES_RECEIVED,
} from "@sockscope/catalog";
import { launchChromium, openChatPage } from "@sockscope/demo/users";
import { program, readPrograms } from "./programs.ts";
import { activeAlertmanagers, type LoadedRule, loadedRules, query, targetsUp } from "./prometheus-api.ts";
import type { Stack } from "./stack.ts";
import { until } from "./until.ts";

const TIMEOUT_MS = 60_000;

/** Something that has to be true of a running stack. */
export interface Check {
  readonly name: string;
  /** Resolves with an address or a figure; rejects with what is wrong. */
  readonly verify: (stack: Stack) => Promise<string>;
}

async function eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const answer = await until(ask, { timeoutMs: TIMEOUT_MS });
  if (answer === undefined) throw new Error(`${what} did not happen within ${TIMEOUT_MS / 1000} s.`);
  return answer;
}

async function answers(url: string): Promise<void> {
  const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!ok) throw new Error(`${url} answers ${status}.`);
}

async function collectorIsHealthy({ collector }: Stack): Promise<string> {
  await answers(`${collector.adminUrl}/healthz`);
  return collector.summary;
}

async function chatIsServed({ chat }: Stack): Promise<string> {
  await answers(chat.pageUrl);
  await answers(chat.metricsUrl);
  return chat.summary;
}

/** A rule that is evaluated more seldom than anybody wants to wait only must not have failed. */
function isEvaluated({ health, intervalSeconds }: LoadedRule): boolean {
  return health === "ok" || (health === "unknown" && intervalSeconds * 1000 >= TIMEOUT_MS);
}

async function prometheusScrapes({ prometheus }: Stack): Promise<string> {
  const { all } = await eventually("A successful scrape of every target", async () => {
    const targets = await targetsUp(prometheus.url);
    return targets.all > 0 && targets.up === targets.all ? targets : undefined;
  });
  const rules = await eventually("An evaluation of every rule", async () => {
    const loaded = await loadedRules(prometheus.url);
    return loaded.length > 0 && loaded.every(isEvaluated) ? loaded : undefined;
  });
  return `${prometheus.url}  ${all} targets up, ${rules.length} rules loaded`;
}

async function alertmanagerIsKnown({ alertmanager, prometheus }: Stack): Promise<string> {
  await eventually("Prometheus finding Alertmanager", async () =>
    (await activeAlertmanagers(prometheus.url)).some((url) => url.startsWith(alertmanager.url))
      ? true
      : undefined,
  );
  return alertmanager.summary;
}

/** The page itself is proven in a browser by a test; here, that everything it asks for answers. */
async function dashboardsAreServed({ preview }: Stack): Promise<string> {
  await answers(`${preview.url}/healthz`);
  if (!preview.isBuilt) return preview.summary;
  for (const path of [
    "/",
    "/alerts",
    "/api/preview",
    "/prometheus/api/v1/query?query=up",
    "/alertmanager/api/v2/alerts",
  ])
    await answers(preview.url + path);
  return preview.summary;
}

/** What a page of the preview would ask for, which answers for whatever is in the address. */
function whatIsShown(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/^\/d\//, "/api/dashboards/").replace(/^\/runbooks\//, "/api/runbooks/");
}

/** Every alert leads to a runbook and to a dashboard that are there. */
async function alertsLeadSomewhere({ prometheus }: Stack): Promise<string> {
  const alerts = (await loadedRules(prometheus.url)).filter(({ type }) => type === "alerting");
  const links = alerts.flatMap(({ annotations = {} }) => [
    annotations["runbook_url"],
    annotations["dashboard_url"],
  ]);
  for (const link of links) {
    if (link === undefined) throw new Error("An alert has no link to its runbook or to its dashboard.");
    await answers(whatIsShown(link));
  }
  return `${alerts.length} alerts lead to runbooks and dashboards`;
}

async function browserChats({ chat }: Stack): Promise<string> {
  const browser = await launchChromium(program(readPrograms(), "chromium"));
  try {
    const visitor = await openChatPage(await browser.newPage(), chat.pageUrl);
    await visitor.connected();
    await visitor.say("Is anybody there?");
    await visitor.judge();
    await visitor.signInElsewhere();
    await visitor.leave();
    return `Chromium ${browser.version()} connected, sent a message, judged the reply and was signed out`;
  } finally {
    await browser.close();
  }
}

/** A series that is above zero in Prometheus. */
function arrives(series: string): Check["verify"] {
  return async ({ prometheus }) => {
    const sample = await eventually(`${series} reaching Prometheus`, async () => {
      const [first] = await query(prometheus.url, `sum(${series}) > 0`);
      return first;
    });
    return `${series} = ${sample.value}`;
  };
}

/** What `npm run up -- --check` verifies, in the order of a measurement's way. */
export const CHECKS: readonly Check[] = [
  { name: "collector", verify: collectorIsHealthy },
  { name: "chat server", verify: chatIsServed },
  { name: "alertmanager", verify: alertmanagerIsKnown },
  { name: "prometheus", verify: prometheusScrapes },
  { name: "dashboards", verify: dashboardsAreServed },
  { name: "links of the alerts", verify: alertsLeadSomewhere },
  { name: "browser client", verify: browserChats },
  { name: "client metric in Prometheus", verify: arrives(`${CONNECT_ATTEMPTS.name}{outcome="opened"}`) },
  // What demo/sockscope.config.json adds, from both sides of the wire.
  { name: "configured event", verify: arrives(`${FRAMES_RECEIVED.name}{event="feedback_noted"}`) },
  { name: "configured event, server", verify: arrives(`${SERVER_FRAMES_RECEIVED.name}{event="feedback"}`) },
  { name: "configured close code", verify: arrives(`${CLOSES.name}{code="4001",ended_by="peer"}`) },
  {
    name: "configured reason, server",
    verify: arrives(`${SERVER_CLOSES.name}{reason="signed_in_elsewhere"}`),
  },
  { name: "configured metric", verify: arrives('chat_feedback_total{verdict="helpful"}') },
];
