import {
  AFFECTED_SESSIONS,
  type Catalog,
  CLOSES,
  type CloseCodeLabel,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { authenticationCodes } from "@sockscope/slo";
import type { AlertCases, FiringCase } from "../alert-case.ts";

function affected(code: CloseCodeLabel): string {
  return selector(AFFECTED_SESSIONS.name, { app: "chat", code });
}

const CLOSES_4401 = selector(CLOSES.name, { app: "chat", code: "4401", phase: "opened", ended_by: "peer" });

function sessions(instance = "1"): string {
  return selector(SESSIONS_ACTIVE.name, { app: "chat", instance });
}

/** A tenth of 9,000 pages within a minute, and then nothing more. */
const WAVE = { [affected("4401")]: "0x10 900x40", [sessions()]: "9000x50" };

/** What a mass logout looks like, and what only looks like one. */
export function wsAuthCloseSpikeCases(catalog: Catalog): AlertCases {
  const codes = authenticationCodes(catalog).join(" or ");
  const firing = (share: string): FiringCase["firing"] => [
    {
      labels: { app: "chat" },
      description: `Within the last 5 minutes, ${share} of the open pages of chat were closed for failed authentication (close code ${codes}).`,
    },
  ];
  return {
    fires: [
      {
        title: "fires when a tenth of the users are logged out",
        series: { [affected("4401")]: "0+100x20", [sessions()]: "5000x20" },
        at: "15m",
        firing: firing("10%"),
      },
      {
        title: "fires when the registered code and the private one share the users",
        series: { [affected("4401")]: "0+10x20", [affected("3000")]: "0+15x20", [sessions()]: "5000x20" },
        at: "15m",
        firing: firing("2.5%"),
      },
      {
        title: "fires when three collectors have a part of the users each",
        series: {
          [affected("4401")]: "0+60x20",
          [sessions("1")]: "1000x20",
          [sessions("2")]: "1000x20",
          [sessions("3")]: "1000x20",
        },
        at: "15m",
        firing: firing("10%"),
      },
      {
        title: "fires after a single wave, while its users are still looking at the error",
        series: WAVE,
        at: "13m",
        firing: firing("10%"),
      },
      {
        title: "goes on firing when the wave is past, because its users are still locked out",
        series: WAVE,
        at: "25m",
        firing: firing("10%"),
      },
    ],
    staysSilent: [
      { title: "stays silent half an hour after a wave", series: WAVE, at: "40m" },
      {
        title: "stays silent when tokens of few users expire",
        series: { [affected("4401")]: "0+10x20", [sessions()]: "5000x20" },
        at: "15m",
      },
      {
        title: "stays silent at night when one user with five tabs is logged out",
        series: { [affected("4401")]: "0x10 5x10", [sessions()]: "5x20" },
        at: "13m",
      },
      {
        title: "stays silent when one tab of a thousand loops on an expired token",
        series: {
          [CLOSES_4401]: "0+10x60",
          [affected("4401")]: "0x9 1x9 2x9 3x9 4x9 5x9",
          [sessions()]: "1000x60",
        },
        at: "50m",
      },
      {
        title: "stays silent when a collector restarts and does not know its sessions yet",
        series: {
          [affected("4401")]: "0+6x10 0+6x20",
          [sessions()]: "5000x10 100 1000 5000x20",
        },
        at: "13m",
      },
      {
        title: "stays silent when nobody is there",
        series: { [affected("4401")]: "0x20", [sessions()]: "0x20" },
        at: "15m",
      },
    ],
  };
}
