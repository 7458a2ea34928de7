import {
  type Catalog,
  DUPLICATES_DROPPED,
  FRAMES_RECEIVED,
  SERVER_FRAMES_REFUSED,
  SERVER_SEND_ERRORS,
  STALE_FRAMES_DROPPED,
} from "@sockscope/catalog";
import { add, rangeInWords, rate, ratio, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS, ASSISTANT_MESSAGES, duplicatesShown, lineOf, SEND_ERROR_SHARE } from "@sockscope/slo";
import { FRAME_REFUSAL_LOOKS, SEND_ERROR_LOOKS } from "../looks/message-looks.ts";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import {
  APP,
  happening,
  ofChosenApps,
  WINDOW,
  WORST_IN_WORDS,
  worstEnvironment,
  worstEnvironmentTraits,
  worstSincePoint,
} from "../windows.ts";

const { dropped: DROPPED_RANGE } = ALERT_WINDOWS.WsMessagesNotAppearing;
const DROPPED_IN_WORDS = rangeInWords(DROPPED_RANGE);

function sendErrorSharePanel(catalog: Catalog): PanelSpec {
  const { share, fewestErrors } = catalog.thresholds.WsMessageSendErrors;
  return graph(
    {
      id: 25,
      width: 8,
      height: 8,
      title: "Messages that servers could not send, against the alert",
      description: `Of the frames that servers were to hand to a socket within ${rangeInWords(ALERT_WINDOWS.WsMessageSendErrors.frames)}, as the servers count them, without those whose user had just left. ${WORST_IN_WORDS} Above the line, from ${fewestErrors} errors on, somebody is woken up. Of several environments, the worst.`,
      unit: "percentunit",
      traits: worstEnvironmentTraits(catalog),
      queries: [
        {
          refId: "errors",
          ...worstSincePoint(worstEnvironment(catalog, ofChosenApps(SEND_ERROR_SHARE), "above"), "above"),
          legend: "{{job}}",
        },
      ],
      emptyWhere: "no server sent anything",
      alerts: ["WsMessageSendErrors"],
    },
    { line: { at: share, badSide: "above" } },
  );
}

function droppedPanel(catalog: Catalog): PanelSpec {
  const { droppedShare, fewestAssistantMessages } = catalog.thresholds.WsMessagesNotAppearing;
  const duplicates = sumBy(["app"], rate(DUPLICATES_DROPPED, APP, DROPPED_RANGE));
  const stale = sumBy(["app"], rate(STALE_FRAMES_DROPPED, APP, DROPPED_RANGE));
  const received = sumBy(["app"], rate(FRAMES_RECEIVED, { ...APP, ...ASSISTANT_MESSAGES }, DROPPED_RANGE));
  return graph(
    {
      id: 17,
      width: 12,
      height: 8,
      title: "Frames that browsers dropped, per message received",
      description: `For each assistant message that browsers received, within ${DROPPED_IN_WORDS}. ${WORST_IN_WORDS} \`duplicates\`: second copies, some after every wave of reconnects. \`stale\`: they came from a socket that is no longer the current one, and may have come again with a rehydration. Together above the line, from ${fewestAssistantMessages} messages on, somebody is woken up: messages fall between two sockets, or deduplication takes new ones for old. They are no duplicates that users saw.`,
      unit: "percentunit",
      queries: [
        {
          refId: "duplicates",
          ...worstSincePoint(ratio(duplicates, received), "above"),
          legend: "duplicates, {{app}}",
        },
        { refId: "stale", ...worstSincePoint(ratio(stale, received), "above"), legend: "stale, {{app}}" },
        {
          refId: "both",
          ...worstSincePoint(ratio(add(duplicates, stale), received), "above"),
          legend: "both, {{app}}",
        },
      ],
      emptyWhere: "no browser received a message",
      alerts: ["WsMessagesNotAppearing"],
    },
    { line: { at: droppedShare, badSide: "above" } },
  );
}

const { shown: SHOWN_RANGE } = ALERT_WINDOWS.WsDuplicateMessages;

function shownPanel({ targets }: Catalog): PanelSpec {
  return graph(
    {
      id: 18,
      width: 12,
      height: 8,
      title: "Duplicates that users saw, over an hour",
      description: `Messages that pages showed twice within the last ${rangeInWords(SHOWN_RANGE)}, told by their render layer; above the line is a ticket. A step begins when it happened and ends an hour later. Zero is worth nothing where the application does not call \`rendered\`.`,
      unit: "short",
      queries: [
        { refId: "shown", expression: ofChosenApps(duplicatesShown(SHOWN_RANGE)), legend: "{{app}}" },
      ],
      alerts: ["WsDuplicateMessages"],
    },
    { line: lineOf(targets.duplicates_shown) },
  );
}

const REFUSED_PANEL: PanelSpec = graph(
  {
    id: 19,
    width: 8,
    height: 8,
    title: "Frames that servers refused, by reason",
    description:
      "Answered with an error instead of done, as the servers count them. `invalid` after a deploy: one side speaks another version of the contract. `too_many` is a client that loops, and it is frames and not users. `forbidden` is a user who may not say this here.",
    unit: "cps",
    queries: [
      {
        refId: "refused",
        expression: happening(sumBy(["reason"], rate(SERVER_FRAMES_REFUSED, APP, WINDOW))),
        legend: "{{reason}}",
      },
    ],
    emptyWhere: "no frame was refused",
    alerts: ["WsMessagesNotAppearing"],
  },
  { draw: "stacked bars", looks: FRAME_REFUSAL_LOOKS },
);

const SEND_ERRORS_PANEL: PanelSpec = graph(
  {
    id: 20,
    width: 8,
    height: 8,
    title: "Messages that servers could not send, by reason",
    description:
      "As the servers count what they could not hand to a socket. `backpressure`: a peer does not read, and its buffer is full. `serialization`: the server cannot write what it wants to say. `closed` is the race with a user who leaves, and no fault.",
    unit: "cps",
    queries: [
      {
        refId: "errors",
        expression: happening(sumBy(["reason"], rate(SERVER_SEND_ERRORS, APP, WINDOW))),
        legend: "{{reason}}",
      },
    ],
    emptyWhere: "every message could be sent",
    alerts: ["WsMessageSendErrors"],
  },
  { draw: "stacked bars", looks: SEND_ERROR_LOOKS },
);

/** What does not reach the user, by who threw it away. */
export function thrownAway(catalog: Catalog): readonly PanelSpec[] {
  return [
    droppedPanel(catalog),
    shownPanel(catalog),
    REFUSED_PANEL,
    SEND_ERRORS_PANEL,
    sendErrorSharePanel(catalog),
  ];
}
