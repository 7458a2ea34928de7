/** A number that decides whether an alert fires. */
export interface Threshold {
  /** A fraction of one, or a whole number of events, users or hours. */
  readonly kind: "share" | "count";
  readonly value: number;
  /** Of what, or what fewer of them would be. */
  readonly meaning: string;
}

/**
 * Every alert with its numbers, without those that follow from a target. Every share has a fewest, so that one user with five
 * tabs cannot reach it.
 */
export const ALERT_THRESHOLDS = {
  WsAuthCloseSpike: {
    share: {
      kind: "share",
      value: 0.02,
      meaning: "Of the most pages that were there at a time within the last minutes.",
    },
    fewestSessions: {
      kind: "count",
      value: 20,
      meaning: "Fewer sessions than this are a few users with a few tabs each, not a spike.",
    },
  },
  WsInternalErrorCloseSpike: {
    share: { kind: "share", value: 0.01, meaning: "Of the connections that were open." },
    fewestCloses: { kind: "count", value: 10, meaning: "Fewer closes than this are no spike." },
  },
  WsMassDisconnect: {
    lostShare: {
      kind: "share",
      value: 0.3,
      meaning:
        "Of the most connections that were open within the last minutes. Where as large a share of the pages vanished, browsers have no say.",
    },
    fewestConnections: {
      kind: "count",
      value: 100,
      meaning: "With fewer connections than this, a share says little.",
    },
    vetoShare: {
      kind: "share",
      value: 0.1,
      meaning:
        "Browsers that report fewer cuts than this, for each page that was there, saw no mass disconnect.",
    },
  },
  WsReconnectStorm: {
    fewestCutsPage: {
      kind: "count",
      value: 50,
      meaning: "Fewer cuts than this within five minutes are nothing to wake up for.",
    },
    fewestCutsTicket: {
      kind: "count",
      value: 20,
      meaning: "Fewer cuts than this within the target's period are a few users.",
    },
  },
  WsConnectionUptimeLow: {
    fewestHours: {
      kind: "count",
      value: 30,
      meaning:
        "Hours without a connection within the last six, of all pages together; five tabs of one user come to as many.",
    },
    fewestCuts: { kind: "count", value: 50, meaning: "Fewer cuts than this are no rate." },
  },
  WsMessageLatencyHigh: {
    lateSharePage: {
      kind: "share",
      value: 0.25,
      meaning: "A quarter of the messages late is more than a slow minute.",
    },
    fewestMessagesPage: {
      kind: "count",
      value: 200,
      meaning: "With fewer messages than this, a share says little.",
    },
    fewestMessagesTicket: { kind: "count", value: 500, meaning: "The same over the target's period." },
  },
  WsMessagesNotAppearing: {
    unansweredShare: { kind: "share", value: 0.2, meaning: "Of what users wrote." },
    fewestUserMessages: { kind: "count", value: 30, meaning: "Fewer messages than this are a few users." },
    ofYesterday: {
      kind: "share",
      value: 0.8,
      meaning: "What remains of yesterday's share of received messages, below which some do not arrive.",
    },
    droppedShare: {
      kind: "share",
      value: 0.05,
      meaning: "Of the messages that browsers received and threw away.",
    },
    fewestAssistantMessages: {
      kind: "count",
      value: 200,
      meaning: "With fewer messages than this, sent or received, a share says little.",
    },
  },
  WsHandshakeForbidden: {
    share: { kind: "share", value: 0.02, meaning: "Of the handshakes of users." },
    fewestForbidden: { kind: "count", value: 20, meaning: "Fewer than this are a few users." },
  },
  WsDuplicateMessages: {},
  WsManualReloads: {},
  WsMessageSendErrors: {
    share: { kind: "share", value: 0.01, meaning: "Of the frames that were to be sent." },
    fewestErrors: { kind: "count", value: 20, meaning: "Fewer errors than this are a few users." },
  },
  WsClientMemoryGrowth: {
    fewestSessions: {
      kind: "count",
      value: 50,
      meaning: "With fewer sessions of that age than this, a share says little.",
    },
  },
  WsConnectErrorBudgetBurn: {
    fewestErrors: {
      kind: "count",
      value: 10,
      meaning: "Fewer users than this without a connection are the visitors of a quiet night.",
    },
  },
  WsDeliveryErrorBudgetBurn: {
    fewestUnanswered: {
      kind: "count",
      value: 10,
      meaning:
        "Users have to have written so much that at the window's burn rate this many messages were left without an answer.",
    },
  },
  WsClientTelemetryLost: {
    ofYesterday: {
      kind: "share",
      value: 0.8,
      meaning: "What remains of yesterday's coverage, below which pages no longer report.",
    },
    fewestOpened: {
      kind: "count",
      value: 100,
      meaning: "With fewer connections than this, a share says little.",
    },
    gapShare: { kind: "share", value: 0.01, meaning: "Of the batches that were sent." },
    fewestGaps: { kind: "count", value: 20, meaning: "Fewer gaps than this are a few pages that crashed." },
  },
  WsCollectorDown: {},
  WsCollectorRejecting: {
    refusedShare: { kind: "share", value: 0.05, meaning: "Of the requests that carried a batch." },
    fewestRefused: {
      kind: "count",
      value: 50,
      meaning: "Fewer batches than this are a few pages of an old release.",
    },
    fewestTurnedAway: {
      kind: "count",
      value: 10,
      meaning: "Fewer pages than this, turned away though they did nothing wrong, may be a moment.",
    },
  },
  WsServerMetricsMissing: {
    blindShare: { kind: "share", value: 0.2, meaning: "Of the chat servers." },
  },
  Watchdog: {},
} as const;

/** The name of an alert. */
export type AlertName = keyof typeof ALERT_THRESHOLDS;

/** The numbers of every alert. */
export type Thresholds = {
  readonly [Name in AlertName]: { readonly [Number in keyof (typeof ALERT_THRESHOLDS)[Name]]: number };
};

/** Some numbers of some alerts. */
export type OwnThresholds = {
  readonly [Name in AlertName]?:
    | { readonly [Number in keyof (typeof ALERT_THRESHOLDS)[Name]]?: number | undefined }
    | undefined;
};

/** Every alert's numbers, with a deployment's own. Nothing is checked here: a configuration is, where it is read. */
export function thresholdsWith(own: OwnThresholds = {}): Thresholds {
  const alerts = Object.entries<Readonly<Record<string, Threshold>>>(ALERT_THRESHOLDS);
  return Object.fromEntries(
    alerts.map(([alert, thresholds]) => {
      const ofAlert: Readonly<Record<string, number | undefined>> = own[alert as AlertName] ?? {};
      const numbers = Object.entries(thresholds).map(([name, { value }]) => [name, ofAlert[name] ?? value]);
      return [alert, Object.fromEntries(numbers)];
    }),
  ) as Thresholds;
}
