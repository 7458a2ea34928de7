import { wireName } from "@sockscope/catalog/protocol";
import {
  AFFECTED_SESSIONS,
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECTION_DURATION,
  type Counter,
  DOWNTIME,
  DUPLICATES_DROPPED,
  DUPLICATES_RENDERED,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  HANDSHAKE_FAILURES,
  HEAP_GROWTH,
  type Histogram,
  INBOUND_SILENCE,
  LATENCY_EXCLUDED,
  type LabelSet,
  MESSAGE_LATENCY,
  PAGE_RELOADS,
  RECONNECT_DELAY,
  RECONNECT_EPISODE_ATTEMPTS,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
  REPLY_LATENCY,
  RTT,
  STALE_FRAMES_DROPPED,
  TELEMETRY_LOST,
  TIME,
  TOKEN_REFRESHES,
} from "@sockscope/catalog/runtime";

/** What a metric of ours is in OpenTelemetry: a counter or a histogram, as the metric itself is. */
export interface Instrument {
  /** The metric as a sink is told of it: `.closes`. */
  readonly series: string;
  readonly name: string;
  /** In the case-sensitive form of {@link https://ucum.org/ucum | UCUM}; of an application's own metric, nothing. */
  readonly unit: string;
  /** The names of attributes, in the order of the labels that they are. */
  readonly attributes: readonly string[];
  /** Attributes that the whole instrument has. */
  readonly constant?: Readonly<Record<string, string>>;
  /** Of a histogram: the bounds that its buckets shall have, in its unit. */
  readonly bounds?: readonly number[];
}

/** @param attributes what each label is called */
function instrument<L extends LabelSet>(
  metric: Counter<L> | Histogram<L>,
  name: string,
  unit: string,
  attributes: Readonly<Record<keyof L & string, string>>,
  constant?: Readonly<Record<string, string>>,
): Instrument {
  return {
    series: wireName(metric.name),
    name,
    unit,
    attributes: Object.keys(metric.labels).map((label) => attributes[label as keyof L & string]),
    ...(constant && { constant }),
    ...boundsOf(metric),
  };
}

/** An application's own metric, which keeps its name, and its labels theirs. */
export function ownInstrument(metric: Counter | Histogram): Instrument {
  const series = wireName(metric.name);
  return { series, name: series, unit: "", attributes: Object.keys(metric.labels), ...boundsOf(metric) };
}

function boundsOf(metric: object): Pick<Instrument, "bounds"> {
  return "layout" in metric ? { bounds: (metric as Histogram).layout.bounds } : {};
}

/**
 * Every metric of ours that a page can record. OpenTelemetry has
 * {@link https://github.com/open-telemetry/semantic-conventions/issues/2841 | no convention for WebSockets} yet, so these
 * names follow those for {@link https://opentelemetry.io/docs/specs/semconv/general/metrics/ | metrics} in general, and the
 * nearest one that is stable,
 * {@link https://opentelemetry.io/docs/specs/semconv/dotnet/dotnet-signalr-metrics/ | signalr.server.connection.duration}: no
 * unit and no `total` in a name, base units, what is counted in braces. An attribute ends in the label's own name.
 */
export const INSTRUMENTS: readonly Instrument[] = [
  instrument(CONNECT_ATTEMPTS, "websocket.client.connect.attempts", "{attempt}", {
    outcome: "websocket.connect.outcome",
    trigger: "websocket.connect.trigger",
  }),
  instrument(CONNECT_DURATION, "websocket.client.connect.duration", "s", {}),
  instrument(CLOSES, "websocket.client.closes", "{close}", {
    code: "websocket.close.code",
    phase: "websocket.close.phase",
    ended_by: "websocket.close.ended_by",
  }),
  instrument(AFFECTED_SESSIONS, "websocket.client.affected_sessions", "{session}", {
    code: "websocket.close.code",
  }),
  instrument(CONNECTION_DURATION, "websocket.client.connection.duration", "s", {}),
  instrument(TIME, "websocket.client.connection.time", "s", { state: "websocket.connection.state" }),
  instrument(INBOUND_SILENCE, "websocket.client.connection.inbound_silence", "s", {}),
  instrument(HANDSHAKE_FAILURES, "websocket.client.handshake.failures", "{failure}", {
    cause: "websocket.handshake.cause",
  }),
  instrument(RECONNECT_EPISODES_STARTED, "websocket.client.reconnect.episodes_started", "{episode}", {
    after: "websocket.reconnect.after",
  }),
  instrument(RECONNECT_EPISODES, "websocket.client.reconnect.episodes", "{episode}", {
    outcome: "websocket.reconnect.outcome",
    after: "websocket.reconnect.after",
  }),
  instrument(RECONNECT_EPISODE_ATTEMPTS, "websocket.client.reconnect.attempts", "{attempt}", {}),
  instrument(RECONNECT_DELAY, "websocket.client.reconnect.delay", "s", {}),
  instrument(DOWNTIME, "websocket.client.reconnect.downtime", "s", { after: "websocket.reconnect.after" }),
  instrument(MESSAGE_LATENCY, "websocket.client.message.latency", "s", {}),
  instrument(LATENCY_EXCLUDED, "websocket.client.message.latency_excluded", "{message}", {
    reason: "websocket.message.reason",
  }),
  instrument(REPLY_LATENCY, "websocket.client.message.reply_latency", "s", {}),
  instrument(RTT, "websocket.client.rtt", "s", {}),
  instrument(
    FRAMES_RECEIVED,
    "websocket.client.frames",
    "{frame}",
    { event: "websocket.frame.event" },
    { "network.io.direction": "receive" },
  ),
  instrument(
    FRAMES_SENT,
    "websocket.client.frames",
    "{frame}",
    { event: "websocket.frame.event" },
    { "network.io.direction": "transmit" },
  ),
  instrument(DUPLICATES_DROPPED, "websocket.client.message.duplicates_dropped", "{frame}", {}),
  instrument(DUPLICATES_RENDERED, "websocket.client.message.duplicates_rendered", "{message}", {}),
  instrument(STALE_FRAMES_DROPPED, "websocket.client.stale_frames_dropped", "{frame}", {}),
  instrument(TOKEN_REFRESHES, "websocket.client.token_refreshes", "{refresh}", {
    outcome: "websocket.token_refresh.outcome",
  }),
  instrument(PAGE_RELOADS, "websocket.client.page_reloads", "{reload}", {
    socket: "websocket.page_reload.socket",
  }),
  instrument(HEAP_GROWTH, "websocket.client.heap_growth", "By", { session_age: "websocket.session_age" }),
  instrument(TELEMETRY_LOST, "websocket.client.telemetry_lost", "{measurement}", {
    where: "websocket.telemetry.where",
  }),
];
