import { CLOSES, SESSIONS_ACTIVE } from "@sockscope/catalog";
import { CLOSE_CODES_PANEL, CONNECTIONS } from "@sockscope/dashboards";
import {
  and,
  CLOSES_RATE_5M,
  compare,
  divide,
  gauge,
  multiply,
  recorded,
  selector,
  sumBy,
} from "@sockscope/promql";
import type { Alert, AlertTest } from "../alert.ts";

/** Of the pages that are there. Measured against people and not against other closes, which traffic alone makes many. */
const SPIKE_SHARE = 0.02;
/** Fewer closes than this within the rule's five minutes are a few users with a few tabs each, not a spike. */
const FEWEST_CLOSES = 20;
const FIVE_MINUTES_SECONDS = 300;

const authCloses = multiply(sumBy(["app"], recorded(CLOSES_RATE_5M, { code: "4401" })), FIVE_MINUTES_SECONDS);
const sessions = sumBy(["app"], gauge(SESSIONS_ACTIVE, {}));

function closes(code: string): string {
  return selector(CLOSES.name, { app: "chat", code, phase: "opened" });
}

const SESSIONS = selector(SESSIONS_ACTIVE.name, { app: "chat" });

function firing(share: string): AlertTest["firing"] {
  return [
    {
      labels: { app: "chat" },
      description: `Within the last 5 minutes, as many connections of chat were closed for failed authentication (close code 4401) as ${share} of its open pages.`,
    },
  ];
}

/** Users are being logged out of their chats. */
export const WS_AUTH_CLOSE_SPIKE: Alert = {
  name: "WsAuthCloseSpike",
  severity: "page",
  expression: and(
    compare(divide(authCloses, sessions), ">", SPIKE_SHARE),
    compare(authCloses, ">=", FEWEST_CLOSES),
  ),
  holds: "2m",
  summary: "Users lose their chat and are told to refresh the page, because authentication fails.",
  description:
    "Within the last 5 minutes, as many connections of {{ $labels.app }} were closed for failed authentication (close code 4401) as {{ $value | humanizePercentage }} of its open pages.",
  panel: { dashboard: CONNECTIONS, panel: CLOSE_CODES_PANEL },
  tests: [
    {
      title: "fires when a tenth of the users are logged out, however many others leave their pages",
      series: { [closes("4401")]: "0+100x20", [closes("1001")]: "0+2000x20", [SESSIONS]: "5000x20" },
      at: "15m",
      firing: firing("10%"),
    },
    {
      title: "fires after a single wave, while its users are still looking at the error",
      series: { [closes("4401")]: "0x10 900x10", [closes("1001")]: "0+2000x20", [SESSIONS]: "9000x20" },
      at: "13m",
      firing: firing("10%"),
    },
    {
      title: "stays silent when tokens of few users expire",
      series: { [closes("4401")]: "0+10x20", [closes("1001")]: "0+80x20", [SESSIONS]: "5000x20" },
      at: "15m",
      firing: [],
    },
    {
      title: "stays silent at night when one user with five tabs is logged out",
      series: { [closes("4401")]: "0x10 5x10", [closes("1001")]: "0x20", [SESSIONS]: "5x20" },
      at: "13m",
      firing: [],
    },
  ],
};
