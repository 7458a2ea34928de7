import type { Catalog } from "@sockscope/catalog";
import { rangeInWords } from "@sockscope/promql";
import { ALERT_WINDOWS, FORBIDDEN_SHARE, forbiddenSli, lineOf } from "@sockscope/slo";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import {
  ofChosenApps,
  recordedSincePoint,
  WORST_IN_WORDS,
  worstEnvironment,
  worstEnvironmentTraits,
  worstSincePoint,
} from "../windows.ts";

const { handshakes: RANGE } = ALERT_WINDOWS.WsHandshakeForbidden;

function sharePanel(catalog: Catalog): PanelSpec {
  const { share, fewestForbidden } = catalog.thresholds.WsHandshakeForbidden;
  return graph(
    {
      id: 34,
      width: 12,
      height: 8,
      title: "Handshakes of users that got 403, against the alert",
      description: `Of the handshakes with credentials within ${rangeInWords(RANGE)}, as the servers count them, those that were answered with 403. ${WORST_IN_WORDS} Above the line, from ${fewestForbidden} on, somebody is woken up. A client that tries again counts every time. Of several environments, the worst.`,
      unit: "percentunit",
      traits: worstEnvironmentTraits(catalog),
      queries: [
        {
          refId: "forbidden",
          ...worstSincePoint(worstEnvironment(catalog, ofChosenApps(FORBIDDEN_SHARE), "above"), "above"),
          legend: "{{job}}",
        },
      ],
      emptyWhere: "nobody tried to connect",
      alerts: ["WsHandshakeForbidden"],
    },
    { line: { at: share, badSide: "above" } },
  );
}

function countPanel(catalog: Catalog): PanelSpec {
  const { forbidden } = catalog.targets;
  return graph(
    {
      id: 35,
      width: 12,
      height: 8,
      title: "403 to users, over a day",
      description: `How often somebody with a session got 403 within ${rangeInWords(forbidden.per)}, on the handshake or instead of a rehydration, as the servers count it: the target's own number, of every app. Above the line is a ticket. A step is when it happened; a day later it goes. Of several environments, the worst.`,
      unit: "short",
      traits: ["of every app", ...worstEnvironmentTraits(catalog)],
      queries: [
        {
          refId: "forbidden",
          expression: worstEnvironment(catalog, recordedSincePoint(forbiddenSli(catalog), "above"), "above"),
          legend: "{{job}}",
        },
      ],
      emptyWhere: "no server is scraped",
      alerts: ["WsHandshakeForbidden"],
    },
    { line: lineOf(forbidden) },
  );
}

/** Whether users are locked out, as the alerts judge it. */
export function forbidden(catalog: Catalog): readonly PanelSpec[] {
  return [sharePanel(catalog), countPanel(catalog)];
}
