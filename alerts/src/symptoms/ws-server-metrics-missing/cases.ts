import { type Catalog, CONNECT_ATTEMPTS, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";

const OPENED = selector(CONNECT_ATTEMPTS.name, { app: "chat", outcome: "opened", trigger: "initial" });

/** Of how many servers some are down. */
const SERVERS = 5;

/** What servers look like that nobody sees, and what only looks like them. */
export function wsServerMetricsMissingCases(catalog: Catalog): AlertCases {
  const { blindShare } = catalog.thresholds.WsServerMetricsMissing;
  const job = catalog.jobs.servers;
  const down = (count: number): SilentCase["series"] =>
    Object.fromEntries(
      Array.from({ length: SERVERS }, (_unused, index) => [
        selector("up", { job, instance: `pod-${index}:9464` }),
        index < count ? "1x5 0x20" : "1x25",
      ]),
    );
  const allowed = Math.floor(blindShare * SERVERS);
  return {
    fires: [
      {
        title: "fires when browsers connect and no server is in Prometheus",
        series: { [OPENED]: "0+10x30" },
        at: "25m",
        firing: [
          {
            labels: { severity: "ticket", evidence: "absent" },
            description:
              "Within the last 10 minutes, browsers opened connections, 100 of them, and no chat server is in Prometheus.",
          },
        ],
      },
      {
        title: "fires when more servers are down than may be",
        series: down(allowed + 1),
        at: "20m",
        firing: [
          {
            labels: { severity: "ticket", evidence: "targets", job },
            description: `${percentage((allowed + 1) / SERVERS)} of the chat servers of ${job} have not been scraped for 10 minutes.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when as many servers are down as may be",
        series: down(allowed),
        at: "20m",
      },
      {
        title: "stays silent when nobody connects, and there is no server",
        series: { [OPENED]: "0x30" },
        at: "25m",
      },
      {
        title: "stays silent when browsers connect and a server is there",
        series: {
          [OPENED]: "0+10x30",
          [selector(SERVER_CONNECTIONS_ACTIVE.name, { app: "chat", job, route: "/ws" })]: "10x30",
        },
        at: "25m",
      },
    ],
  };
}
