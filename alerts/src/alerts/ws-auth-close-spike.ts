import { CLOSES } from "@sockscope/catalog";
import { CLOSE_CODES_PANEL, CONNECTIONS } from "@sockscope/dashboards";
import { and, CLOSES_RATE_5M, compare, divide, multiply, recorded, selector, sumBy } from "@sockscope/promql";
import type { Alert } from "../alert.ts";

/** A share of closes that ordinary log-outs and expiries stay well below. */
const SPIKE_SHARE = 0.1;
/** Fewer closes than this within the rule's five minutes are single users, not a spike. */
const FEWEST_CLOSES = 5;
const FIVE_MINUTES_SECONDS = 300;

const authCloses = sumBy(["app"], recorded(CLOSES_RATE_5M, { code: "4401" }));
const allCloses = sumBy(["app"], recorded(CLOSES_RATE_5M));

function closes(code: string): string {
  return selector(CLOSES.name, { app: "chat", code, phase: "opened" });
}

/** Users are being logged out of their chats. */
export const WS_AUTH_CLOSE_SPIKE: Alert = {
  name: "WsAuthCloseSpike",
  severity: "page",
  expression: and(
    compare(divide(authCloses, allCloses), ">", SPIKE_SHARE),
    compare(multiply(authCloses, FIVE_MINUTES_SECONDS), ">=", FEWEST_CLOSES),
  ),
  holds: "2m",
  summary: "Users lose their chat and are told to refresh the page, because authentication fails.",
  description:
    "{{ $value | humanizePercentage }} of the closes in {{ $labels.app }} within the last 5 minutes were authentication failures (close code 4401).",
  panel: { dashboard: CONNECTIONS, panel: CLOSE_CODES_PANEL },
  tests: [
    {
      title: "fires when a fifth of all closes are authentication failures",
      series: { [closes("4401")]: "0+2x20", [closes("1001")]: "0+8x20" },
      at: "15m",
      firing: [
        {
          labels: { app: "chat" },
          description:
            "20% of the closes in chat within the last 5 minutes were authentication failures (close code 4401).",
        },
      ],
    },
    {
      title: "stays silent when authentication failures are a small share",
      series: { [closes("4401")]: "0+2x20", [closes("1001")]: "0+80x20" },
      at: "15m",
      firing: [],
    },
    {
      title: "stays silent when a single user's session expires",
      series: { [closes("4401")]: "0x12 1x8", [closes("1001")]: "0x20" },
      at: "15m",
      firing: [],
    },
  ],
};
