import { AFFECTED_SESSIONS, type Catalog } from "@sockscope/catalog";
import {
  andOn,
  clampMax,
  compare,
  type Expression,
  increase,
  largest,
  maxOverTime,
  or,
  rangeInWords,
  ratio,
  sumBy,
  unlessOn,
} from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  browsersVeto,
  CONNECTIONS_GONE,
  errorCodes,
  MOST_CONNECTIONS,
  recorded,
  SESSIONS_ACTIVE_SUM,
} from "@sockscope/slo";
import { bigNumber } from "../panels/big-number.ts";
import { judged } from "../panels/judged.ts";
import type { PanelSpec } from "../panels/panel.ts";
import {
  AFFECTED_RANGE,
  AFFECTED_RANGE_IN_WORDS,
  APP,
  MOST_RANGE_IN_WORDS,
  ofChosenApps,
} from "../windows.ts";
import { CONNECTIONS, GREY, SIZE } from "./verdict.ts";

/** In which the pages are looked for that a share of users is of. */
const { pages: PAGES_RANGE } = ALERT_WINDOWS.WsAuthCloseSpike;

/** Sessions whose user is told of an error. */
export function toldOfError(catalog: Catalog): Expression<"app"> {
  return sumBy(["app"], increase(AFFECTED_SESSIONS, { ...APP, code: errorCodes(catalog) }, AFFECTED_RANGE));
}

/** The same for each page that was there. */
export function toldOfErrorShare(catalog: Catalog): Expression<"app"> {
  const pages = sumBy(["app"], ofChosenApps(maxOverTime(recorded(SESSIONS_ACTIVE_SUM), PAGES_RANGE)));
  // Who comes, fails and leaves again is counted above only.
  return clampMax(ratio(toldOfError(catalog), pages), 1);
}

/** Who is meant, as descriptions say it. */
export const TOLD_OF_ERROR_IN_WORDS: string = `page loads that within ${AFFECTED_RANGE_IN_WORDS} were closed with a code after which the user is told of an error and nothing comes back by itself, of the most that were there at a time within ${rangeInWords(PAGES_RANGE)}`;

/** How many users have no chat any more, and know it? */
export function seeErrorPanel(catalog: Catalog): PanelSpec {
  const { share, fewestSessions } = catalog.thresholds.WsAuthCloseSpike;
  const told = toldOfError(catalog);
  return bigNumber(
    {
      ...SIZE,
      id: 2,
      title: "Users who see an error",
      description: `The share of ${TOLD_OF_ERROR_IN_WORDS}; of the app where it is largest. A user with five tabs is five. Whoever reconnects, as after a planned restart, is not among them. Red from the share on at which lost authentication pages. ${GREY}`,
      unit: "percentunit",
      traits: ["of who is there"],
      queries: judged({
        value: toldOfErrorShare(catalog),
        // That nobody is told of anything is a verdict as well.
        enough: or(compare(told, ">=", fewestSessions), compare(told, "==", 0)),
        worst: (values) => largest(1, values),
        legend: "{{app}}",
      }),
      emptyWhere: "no page has been there for long enough to be counted",
      alerts: ["WsAuthCloseSpike"],
    },
    {
      colors: [{ color: "green" }, { from: share, color: "red" }],
      decimals: 1,
      isVerdict: true,
      leadsTo: CONNECTIONS,
    },
  );
}

/** Are connections gone? */
export function lostPanel(catalog: Catalog): PanelSpec {
  const { lostShare, fewestConnections } = catalog.thresholds.WsMassDisconnect;
  const vetoed = andOn([], compare(CONNECTIONS_GONE, ">", lostShare), browsersVeto(catalog));
  return bigNumber(
    {
      ...SIZE,
      id: 3,
      title: "Connections gone",
      description: `How many of the most open connections of ${MOST_RANGE_IN_WORDS} are open no more, of the job that lost most; of every app. A planned restart is seen here as well, for as long as its users need to come back, and the end of an event. Red from the share on at which a mass disconnect pages. ${GREY} Grey as well where browsers report that they were not cut, and have not fallen silent: then it is servers that Prometheus does not scrape, or an event that ended.`,
      unit: "percentunit",
      traits: ["of who is there", "of every app"],
      queries: judged({
        value: CONNECTIONS_GONE,
        enough: unlessOn(["job"], compare(MOST_CONNECTIONS, ">=", fewestConnections), vetoed),
        worst: (values) => largest(1, values),
        legend: "{{job}}",
      }),
      emptyWhere: `no server has had a connection within ${MOST_RANGE_IN_WORDS}`,
      alerts: ["WsMassDisconnect"],
    },
    {
      colors: [{ color: "green" }, { from: lostShare, color: "red" }],
      decimals: 1,
      isVerdict: true,
      leadsTo: CONNECTIONS,
    },
  );
}
