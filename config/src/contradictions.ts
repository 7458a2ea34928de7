import {
  AUTH_METHOD,
  CLIENT_FRAME_EVENTS,
  CLOSE_CODE_LABELS,
  CLOSE_REASON,
  REPEATED_RULE,
  repeatedInApps,
  SERVER_FRAME_EVENTS,
} from "@sockscope/catalog";
import { environmentMistakes, unknownEnvironments } from "./contradictions/environment.ts";
import { metricMistakes } from "./contradictions/metrics.ts";
import { type Contradiction, mistakeAt, type Path, repeated } from "./contradictions/mistake-at.ts";
import { seriesMistakes } from "./contradictions/series.ts";
import type { Config } from "./declaration.ts";
import { valueText } from "./mistakes.ts";

/** What is right by itself, and wrong beside something else. */
export function contradictions(config: Config): Contradiction[] {
  const { frames, closeCodes, closeReasons, authMethods, releases = [] } = config;
  return [
    ...repeatedInApps(config.apps).map(({ app, origin, value }) =>
      mistakeAt(
        ["apps", app, ...(origin === undefined ? ["name"] : ["origins", origin])],
        `${valueText(value)} ${REPEATED_RULE}`,
      ),
    ),
    ...repeated(["releases"], releases),
    ...ownNames(["frames", "received"], frames.received, SERVER_FRAME_EVENTS),
    ...ownNames(["frames", "sent"], frames.sent, CLIENT_FRAME_EVENTS),
    ...ownNames(["authMethods"], authMethods, AUTH_METHOD),
    ...productKeys(["closeCodes"], closeCodes, CLOSE_CODE_LABELS),
    ...productKeys(["closeReasons"], closeReasons, CLOSE_REASON),
    ...Object.entries(closeReasons).flatMap(([reason, code]) =>
      impossibleCode(["closeReasons", reason], code),
    ),
    ...environmentMistakes(config),
    ...unknownEnvironments(config),
    ...jobMistakes(config),
    ...receiverMistakes(config),
    ...metricMistakes(config),
    ...seriesMistakes(config),
  ];
}

/** Jobs that Prometheus could not tell apart. */
function jobMistakes({ jobs: { collectors, servers } }: Config): Contradiction[] {
  return collectors === servers
    ? [
        mistakeAt(
          ["jobs", "servers"],
          `${valueText(servers)} is the collectors' job, too; Prometheus takes each name once, use another`,
        ),
      ]
    : [];
}

function receiverMistakes({ receivers: { page, deadMansSwitch }, alerts }: Config): Contradiction[] {
  const tellsNobody = page !== undefined && Object.keys(page).length === 0;
  // It calls when nothing comes, so it would never stop.
  const hearsNothing = deadMansSwitch !== undefined && alerts.Watchdog?.on === false;
  return [
    ...(tellsNobody
      ? [mistakeAt(["receivers", "page"], "tells nobody; name pagerduty, jsm, opsgenie, slack or webhook")]
      : []),
    ...(hearsNothing
      ? [
          mistakeAt(
            ["receivers", "deadMansSwitch"],
            "waits for the alert Watchdog, which alerts.Watchdog.on leaves out, and would call for ever; take one of both away",
          ),
        ]
      : []),
  ];
}

function ownNames(path: Path, names: readonly string[], product: readonly string[]): Contradiction[] {
  const known = names.flatMap((name, position) =>
    product.includes(name)
      ? [mistakeAt([...path, position], `${valueText(name)} is the product's own already; leave it out`)]
      : [],
  );
  return [...known, ...repeated(path, names)];
}

function productKeys(
  path: Path,
  own: Readonly<Record<string, unknown>>,
  product: readonly string[],
): Contradiction[] {
  return Object.keys(own)
    .filter((key) => product.includes(key))
    .map((key) =>
      mistakeAt([...path, key], "is the product's own already, with a meaning that stays; use another"),
    );
}

/** See RFC 6455, 7.4: the others are reserved, and a library refuses to send them. */
function impossibleCode(path: Path, code: number): Contradiction[] {
  const canBeSent = (code >= 3000 || code <= 1014) && ![1004, 1005, 1006].includes(code);
  return canBeSent
    ? []
    : [
        mistakeAt(
          path,
          `${code} cannot be sent in a close frame; use 1000 to 1003, 1007 to 1014 or 3000 to 4999`,
        ),
      ];
}
