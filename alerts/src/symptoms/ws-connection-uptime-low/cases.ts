import { boundText, type Catalog, SERVER_CLOSES, SERVER_CONNECTIONS_ACTIVE, TIME } from "@sockscope/catalog";
import { rangeSeconds, selector } from "@sockscope/promql";
import { errorBudget } from "@sockscope/slo";
import type { AlertCases, FiringCase, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { above, constantly, enough, justBelow, once, partOf, tooFew } from "../made-up.ts";

type Cases = { readonly fires: FiringCase; readonly staysSilent: readonly SilentCase[] };

function timeCases(catalog: Catalog): Cases {
  const { fewestHours } = catalog.thresholds.WsConnectionUptimeLow;
  const budget = errorBudget(catalog.targets.connected_time);
  /** So much time that these hours of it are the share. */
  const without = (hours: number, share: number): SilentCase["series"] => {
    const { part, whole } = partOf(share, hours * rangeSeconds("1h"));
    return {
      [selector(TIME.name, { app: "chat", state: "reconnecting" })]: once(part, 60),
      [selector(TIME.name, { app: "chat", state: "connected" })]: once(whole - part, 60),
    };
  };
  return {
    fires: {
      title: "fires when pages are without a connection for longer than they may",
      series: without(enough(fewestHours), above(budget)),
      at: "35m",
      firing: [
        {
          labels: { severity: "ticket", evidence: "time", app: "chat" },
          description: `Within the last day, pages of chat had no connection for ${percentage(above(budget))} of the time in which they wanted one, and it goes on; ${percentage(budget)} may be.`,
        },
      ],
    },
    staysSilent: [
      {
        title: "stays silent when pages are hardly without a connection",
        series: without(enough(fewestHours), justBelow(budget)),
        at: "35m",
      },
      {
        title: "stays silent when a few pages are without a connection",
        series: without(tooFew(fewestHours), above(budget)),
        at: "35m",
      },
    ],
  };
}

function cutsCases(catalog: Catalog): Cases {
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
    fires: {
      title: "fires when fewer connections last than may",
      series: cut(enough(fewestCuts), share / 2),
      at: "35m",
      firing: [
        {
          labels: { severity: "ticket", evidence: "cuts", job },
          description: `As connections to ${job} were cut within the last 6 hours, ${percentage(share / 2)} of them would last for ${boundText(horizon)}; ${percentage(share)} are promised.`,
        },
      ],
    },
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

/** What it looks like when users are without a connection too long, or servers cut them too often, and what only looks like it. */
export function wsConnectionUptimeLowCases(catalog: Catalog): AlertCases {
  const [time, cuts] = [timeCases(catalog), cutsCases(catalog)];
  return {
    fires: [time.fires, cuts.fires],
    staysSilent: [...time.staysSilent, ...cuts.staysSilent],
  };
}
