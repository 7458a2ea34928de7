/** A mutant that no test notices, and why that is well. One that is noticed after all, or that there is no more, turns the gate red. */
export interface AcceptedSurvivor {
  /** The rule or panel, by its title. */
  readonly of: string;
  readonly change: string;
  readonly because: string;
}

const IS_ENOUGH = "A minimum of many more comes with it, so that one more or less is never the question.";

const UNIT_IS_NOT_DERIVED =
  "What several recordings and targets are put together to has no unit that is derived from a metric; thresholds of the panel are shares or numbers of it, and tests of panels hold values against them.";

const A_HUNDREDTH_OF_THE_WHOLE =
  "At the line it is a hundredth of the whole that it is added to: by half or twice as much the share differs less than scrapes let it vary.";

const ABSENT_SAYS_THE_SAME =
  "Where there is one environment, absent() behind it is true of the same moments; environments.yml has the scenarios of several.";

/** All there are. */
export const ACCEPTED_SURVIVORS: readonly AcceptedSurvivor[] = [
  { of: "WsHandshakeForbidden page", change: "0 → 1", because: IS_ENOUGH },
  { of: "WsMassDisconnect page", change: "0 → 1", because: IS_ENOUGH },
  {
    of: "WsMessageSendErrors page",
    change: "ws_message_send_errors_total[5m → 150s], in place 2",
    because: A_HUNDREDTH_OF_THE_WHOLE,
  },
  {
    of: 'Sockscope / Overview, "Shares that are promised"',
    change: "unit: percentunit → s",
    because: UNIT_IS_NOT_DERIVED,
  },
  {
    of: 'Sockscope / Overview, "What must hardly happen"',
    change: "unit: short → s",
    because: UNIT_IS_NOT_DERIVED,
  },
  {
    of: 'Sockscope / Overview, "How fast the budget of connect errors burns"',
    change: "unit: percentunit → s",
    because: UNIT_IS_NOT_DERIVED,
  },
  {
    of: 'Sockscope / Overview, "How fast the budget of missing answers burns"',
    change: "unit: percentunit → s",
    because: UNIT_IS_NOT_DERIVED,
  },
  {
    of: 'Sockscope / Reconnects, "Cuts a session within five minutes"',
    change: "unit: percentunit → s",
    because: UNIT_IS_NOT_DERIVED,
  },
  {
    of: 'Sockscope / Reconnects, "Cuts a session, over five minutes"',
    change: "unit: percentunit → s",
    because: UNIT_IS_NOT_DERIVED,
  },
  {
    of: "WsClientTelemetryLost ticket gaps",
    change: "sockscope_collector_sequence_gaps_total[1h → 1800s], in place 2",
    because: A_HUNDREDTH_OF_THE_WHOLE,
  },
  {
    of: "WsClientTelemetryLost ticket gaps",
    change: "sockscope_collector_sequence_gaps_total[1h → 7200s], in place 2",
    because: A_HUNDREDTH_OF_THE_WHOLE,
  },
  ...[
    'up without {job="sockscope-collector"}',
    'up without {job="sockscope-collector"}, in place 2',
    "up[1h → 1800s]",
    "up[1h → 7200s]",
  ].map((change) => ({ of: "WsCollectorDown page", change, because: ABSENT_SAYS_THE_SAME })),
  ...['up without {job="chat-server"}', 'up without {job="chat-server"}, in place 2'].map((change) => ({
    of: "WsServerMetricsMissing ticket targets",
    change,
    because:
      "Both sides are counted by job: what the one has of other jobs, the other has nothing to compare with.",
  })),
  ...["1 → 0.8", "1 → 1.2", "with keep_firing_for: 30m"].map((change) => ({
    of: "Watchdog none",
    change,
    because: "It always fires: nobody reads its value, and it has no end.",
  })),
];
