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
import { percentage } from "../human-numbers.ts";

function affected(code: CloseCodeLabel): string {
  return selector(AFFECTED_SESSIONS.name, { app: "chat", code });
}

const CLOSES_4401 = selector(CLOSES.name, { app: "chat", code: "4401", phase: "opened", ended_by: "peer" });

function sessions(instance = "1"): string {
  return selector(SESSIONS_ACTIVE.name, { app: "chat", instance });
}

/**
 * What a mass logout looks like, and what only looks like one. The alert's numbers are a deployment's, so the cases are
 * multiples of them: as many sessions a minute as are the fewest make, in the alert's five minutes, just the share that fires.
 */
export function wsAuthCloseSpikeCases(catalog: Catalog): AlertCases {
  const { share, fewestSessions: fewest } = catalog.thresholds.WsAuthCloseSpike;
  // Five times the fewest are just the share of them.
  const pages = Math.round((5 * fewest) / share);
  const codes = authenticationCodes(catalog).join(" or ");
  const firing = (affectedShare: number): FiringCase["firing"] => [
    {
      labels: { severity: "page", app: "chat" },
      description: `Within the last 5 minutes, ${percentage(Math.min(affectedShare, 1))} of the pages of chat were closed for failed authentication (close code ${codes}), of the most that were open at a time within 10 minutes.`,
    },
  ];
  // Within a minute, and then nothing more.
  const wave = {
    [affected("4401")]: `0x10 ${25 * fewest}x40`,
    [sessions()]: `${pages}x50`,
  };
  const ofWave = firing((25 * fewest) / pages);
  return {
    fires: [
      {
        title: "fires when five times the share of the users is logged out",
        series: { [affected("4401")]: `0+${5 * fewest}x20`, [sessions()]: `${pages}x20` },
        at: "15m",
        firing: firing((25 * fewest) / pages),
      },
      {
        title: "fires when the registered code and the private one share the users",
        series: {
          [affected("4401")]: `0+${0.5 * fewest}x20`,
          [affected("3000")]: `0+${0.75 * fewest}x20`,
          [sessions()]: `${pages}x20`,
        },
        at: "15m",
        firing: firing((6.25 * fewest) / pages),
      },
      {
        title: "fires when three collectors have a part of the users each",
        series: {
          [affected("4401")]: `0+${5 * fewest}x20`,
          [sessions("1")]: `${Math.ceil(pages / 5)}x20`,
          [sessions("2")]: `${Math.ceil(pages / 5)}x20`,
          [sessions("3")]: `${pages - 2 * Math.ceil(pages / 5)}x20`,
        },
        at: "15m",
        firing: firing((25 * fewest) / pages),
      },
      {
        title: "fires after a single wave, while its users are still looking at the error",
        series: wave,
        at: "13m",
        firing: ofWave,
      },
      {
        title: "fires with the same share when those who were logged out leave",
        series: {
          [affected("4401")]: `0x10 ${25 * fewest}x40`,
          [sessions()]: `${pages}x10 ${Math.ceil(pages / 100)}x40`,
        },
        at: "13m",
        firing: ofWave,
      },
      {
        title: "fires with all of the pages, and no more, when nobody stays long enough to be counted",
        series: { [affected("4401")]: `0+${5 * fewest}x20`, [sessions()]: "0x20" },
        at: "15m",
        firing: firing(1),
      },
      {
        title: "goes on firing when the wave is past, because its users are still locked out",
        series: wave,
        at: "25m",
        firing: ofWave,
      },
    ],
    staysSilent: [
      { title: "stays silent half an hour after a wave", series: wave, at: "40m" },
      {
        title: "stays silent when tokens of few users expire",
        series: { [affected("4401")]: `0+${0.5 * fewest}x20`, [sessions()]: `${pages}x20` },
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
          [affected("4401")]: `0+${0.3 * fewest}x10 0+${0.3 * fewest}x20`,
          [sessions()]: `${pages}x10 ${Math.ceil(pages / 50)} ${Math.ceil(pages / 5)} ${pages}x20`,
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
