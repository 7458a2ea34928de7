import { boundText, type Catalog, SERVER_CLOSES, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { rangeSeconds, selector } from "@sockscope/promql";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { constantly, enough, once, tooFew } from "../made-up.ts";

/** What a server looks like whose connections are cut too often, and what only looks like one. */
export function wsConnectionUptimeLowCases(catalog: Catalog): AlertCases {
  const { fewestCuts } = catalog.thresholds.WsConnectionUptimeLow;
  const { connection_survival, connection_uptime_p95 } = catalog.targets;
  const { share } = connection_survival.objective;
  const horizon = connection_uptime_p95.objective;
  const job = catalog.jobs.servers;
  /** So few connections that these cuts leave the share of them to last until the horizon. */
  const cut = (cuts: number, lasting: number): SilentCase["series"] => ({
    [selector(SERVER_CLOSES.name, { app: "chat", job, code: "1006", reason: "lost" })]: once(cuts, 60),
    [selector(SERVER_CONNECTIONS_ACTIVE.name, { app: "chat", job, route: "/ws" })]: constantly(
      (horizon.bound * cuts) / rangeSeconds(connection_survival.per) / -Math.log(lasting),
      60,
    ),
  });
  return {
    fires: [
      {
        title: "fires when fewer connections last than may",
        series: cut(enough(fewestCuts), share / 2),
        at: "35m",
        firing: [
          {
            labels: { severity: "ticket", job },
            description: `As connections to ${job} were cut within the last 6 hours, ${percentage(share / 2)} of them would last for ${boundText(horizon)}; ${percentage(share)} are promised.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when just enough last",
        series: cut(enough(fewestCuts), share + (1 - share) / 10),
        at: "35m",
      },
      {
        title: "stays silent when few were cut",
        series: cut(tooFew(fewestCuts), share / 2),
        at: "35m",
      },
    ],
  };
}
