import { type CloseCodeLabel, WITHOUT_CLOSE_FRAME } from "../close-code-label.ts";
import type { CloseCode } from "../close-code-table.ts";
import { CONNECTION_LAYOUT_1, IDLE_TIMEOUTS } from "../layouts.ts";
import {
  AFFECTED_AGAIN_MS,
  CONNECT_TIMEOUT_MS,
  SESSION_SILENCE_MS,
  STABLE_UPTIME_MS,
} from "../measurement-times.ts";
import type { LabelsOf } from "../metric.ts";
import type * as client from "../metrics/client.ts";
import type { Targets } from "../targets.ts";
import type { MetricAbout } from "./metric-about.ts";

/** Between which bounds an idle timeout shows. */
const IDLE_PAIRS = IDLE_TIMEOUTS.map(({ between: [from, to] }) => `${from} to ${to} s`);

type ClientAbout = {
  readonly [Symbol in keyof typeof client]: MetricAbout<LabelsOf<(typeof client)[Symbol]>>;
};

/**
 * What there is to know of each client metric. A metric without an entry does not compile.
 *
 * @param closeCodes the whole table, a deployment's own codes with it
 * @param targets what is promised
 */
export function clientAbout(closeCodes: readonly CloseCode[], targets: Targets): ClientAbout {
  // An own code is a value like any other from here on.
  const labelsOf = (codes: readonly CloseCode[]) => codes.map(({ label }) => label as CloseCodeLabel);
  const all = labelsOf(closeCodes);
  const withCloseFrame = all.filter((code) => !WITHOUT_CLOSE_FRAME.includes(code));
  const unfelt = labelsOf(closeCodes.filter(({ policy }) => policy.userSees === "nothing"));
  return {
    CONNECT_ATTEMPTS: {
      help: `Connect attempts, counted when decided: at the server's first frame or after ${STABLE_UPTIME_MS / 1000} s open (opened), at an earlier end (rejected, dropped, failed, aborted), or after ${CONNECT_TIMEOUT_MS / 1000} s of connecting, or when the page gives up waiting before that (timed_out).`,
      unit: "attempts",
      readAs:
        'Success of first attempts: `opened / (opened + rejected + dropped + failed + timed_out)` with `trigger=~"initial|unspecified"`. `aborted` is a page that changed its mind at once, and belongs in neither. An attempt without a trigger of its own is `backoff` as long as nothing came of those before, so a client that loops is one first attempt.',
      doNot:
        "take all triggers for a success rate: one client that retries outweighs a thousand that connect once. Do not compare with the server's count: pages without the SDK are missing here.",
    },
    CONNECT_DURATION: {
      help: "Time from creating the socket to its open event, of attempts that are counted as opened.",
      unit: "seconds",
      readAs: "How long users wait who get a connection, DNS and TLS included.",
      doNot: "read it as availability: attempts that fail or time out are not in it.",
    },
    CLOSES: {
      help: "Connections that ended and attempts that failed, by close code, by whether the connection had opened, and by who ended it, each connection once. A user who leaves is ended_by left and code none, and so is a machine that sleeps.",
      unit: "closes",
      readAs:
        '`ended_by="peer"` is what the server or a proxy decided, `"network"` what vanished without a close frame, or did not answer the page\'s own, `"page"` what the application itself closed.',
      doNot:
        "read it as users: one tab that loops counts each time. For the share of users there is `ws_client_affected_sessions_total`.",
      impossible: [
        { phase: "never_opened", ended_by: ["page", "peer", "left"] },
        { ended_by: "left", code: all },
        { ended_by: ["page", "peer", "network"], code: "none" },
        { ended_by: "peer", code: WITHOUT_CLOSE_FRAME },
        { ended_by: "network", code: withCloseFrame },
      ],
    },
    AFFECTED_SESSIONS: {
      help: `Sessions that a close hit which the user feels and the page did not want, by close code: at most once per session and code in ${AFFECTED_AGAIN_MS / 60_000} min.`,
      unit: "sessions",
      readAs:
        "The share of users that a fault reaches: its increase over 5 min against `ws_client_sessions_active`.",
      doNot: "add the codes up: a session that met two of them is in both.",
      impossible: [{ code: unfelt }],
    },
    CONNECTION_DURATION: {
      help: "Time a connection was open, observed at its end, by the page's monotonic clock; of those through which the machine slept, nothing.",
      unit: "seconds",
      readAs: `The share at a bucket's bound. A share that dies within one narrow pair of bounds is an idle timeout: ${IDLE_PAIRS.join(", ")}.`,
      doNot:
        "read its quantiles as stability: they measure visits, and a healthy visit of 6 min ends after 6 min. Do not add ages of open connections: another population.",
      olderLayouts: [
        { layout: CONNECTION_LAYOUT_1, keptAs: "ws_client_connection_duration_seconds_layout_1" },
      ],
    },
    TIME: {
      help: "Time in which pages wanted a connection, by what they had; frozen time, and time slept that the clocks show, is in no state.",
      unit: "seconds",
      readAs:
        "Connected time: `connected / (connected + reconnecting + gave_up + rejected)`. A seen page that makes no attempt for 2 min while it could has given up; a hidden one wants nothing until it is seen.",
      doNot: "put `offline` into the denominator: nobody can connect a user without a network.",
      addsNoMeasurements: true,
    },
    INBOUND_SILENCE: {
      help: "The longest time without a frame from the server, once per connection, at its end; of those through which the machine slept, nothing.",
      unit: "seconds",
      readAs: "A share above the heartbeat's interval is sockets that are open and dead.",
      doNot: "alert on it where the server has no heartbeat: a quiet chat is silent, too.",
    },
    HANDSHAKE_FAILURES: {
      help: "What one HTTP request to the same origin found after two attempts that never opened; opt-in.",
      unit: "probes",
      readAs: "Which cause a rise of 1006 before open has; the browser itself hides it.",
      doNot: "read it as a rate of failures: probes are rare by design.",
    },
    RECONNECT_EPISODES_STARTED: {
      help: "Reconnect episodes that began, counted at once, by what began them.",
      unit: "episodes",
      readAs: "What happens during an outage, while no episode can end.",
      doNot: "read the difference to ended episodes as users who wait now: sessions vanish.",
    },
    RECONNECT_EPISODES: {
      help: "Reconnect episodes that ended, by how, and by what began them.",
      unit: "episodes",
      readAs: "How many of those who lost their connection got it back: `recovered` against `gave_up`.",
      doNot: "watch an outage with it: it moves when the outage is over.",
    },
    RECONNECT_EPISODE_ATTEMPTS: {
      help: "Connect attempts of a reconnect episode, observed when a connection holds.",
      unit: "attempts",
      readAs: "How hard it is to come back.",
      doNot: "read it as load on the server: that is `ws_client_connect_attempts_total`.",
    },
    RECONNECT_DELAY: {
      help: "Delay before a reconnect attempt, jitter included.",
      unit: "seconds",
      readAs: "Whether clients spread out: no bucket should hold nearly all.",
      doNot: "read it as downtime: an episode has several delays.",
    },
    DOWNTIME: {
      help: "Time from the close, or from the return of the network, from the machine's waking, or from the page's being seen again where that was waited for, until the connection was open again.",
      unit: "seconds",
      readAs: `Automatic recovery: the share at ${targets.automatic_recovery.objective.bound} s with \`after="offline"\`, over episodes that recovered or gave up.`,
      doNot:
        "divide by its own count: those who never came back are not in it. Do not mix `after`: a server's outage is no slow client.",
    },
    MESSAGE_LATENCY: {
      help: "Time from the server's sending of a whole message to its arrival in the page, where the clocks' difference is known to 50 ms.",
      unit: "seconds",
      readAs: `The share at ${targets.message_latency.objective.bound} s.`,
      doNot: "read it as time to answer: that is `ws_client_reply_latency_seconds`.",
    },
    LATENCY_EXCLUDED: {
      help: "Messages whose latency was not believed, by why.",
      unit: "messages",
      readAs: "How much of the traffic the latency speaks for.",
      doNot: "read it as lost messages: each of them arrived.",
    },
    REPLY_LATENCY: {
      help: "Time from sending a user's message to the reply that names it, or to the first piece of one that is streamed.",
      unit: "seconds",
      readAs: `Delivery: the bucket at ${targets.message_delivery.objective.bound} s over the user messages sent ${targets.message_delivery.objective.bound} s earlier.`,
      doNot:
        "divide by its own count: messages without an answer are not in it. Of a streamed reply it does not tell when it was whole.",
    },
    RTT: {
      help: "Round-trip time of an application ping.",
      unit: "seconds",
      readAs: "The network between page and server, and whatever blocks either's event loop.",
      doNot: "read half of it as latency: ways are not symmetric.",
    },
    FRAMES_RECEIVED: {
      help: "Frames received from the server by an observed socket, by event.",
      unit: "frames",
      readAs: "Against the same ratio a day earlier where the server's count is the other side.",
      doNot: "expect it to equal what the server sent: pages without the SDK are missing, always.",
    },
    FRAMES_SENT: {
      help: "Frames handed to an observed socket that takes them, by event.",
      unit: "frames",
      readAs: "What users tried to say: the denominator of delivery.",
      doNot:
        "read it as arrived: a frame in a dead socket's buffer counts, and a copy that is sent again counts again.",
    },
    DUPLICATES_DROPPED: {
      help: "Second copies of a message that deduplication kept from the app.",
      unit: "frames",
      readAs: "A share of received messages: some after a reconnect, never many.",
      doNot: "read it as duplicates that users saw.",
    },
    DUPLICATES_RENDERED: {
      help: "Messages that the render layer showed twice, by its own memory of the session.",
      unit: "messages",
      readAs: "Must not rise: each one was seen by a user.",
      doNot: "trust its zero where `rendered(key)` is not called.",
    },
    STALE_FRAMES_DROPPED: {
      help: "Frames dropped because they came from a socket that is no longer the current one.",
      unit: "frames",
      readAs: "A share of received messages; a rise means that a message fell between two sockets.",
      doNot: "read it as lost: a rehydration may have brought the message.",
    },
    TOKEN_REFRESHES: {
      help: "Calls of the application's refreshAccessToken, by how they ended.",
      unit: "refreshes",
      readAs: "Next to a rise of 4401: whether it is the refresh that fails.",
      doNot: "read `cancelled` as a fault: the page gave the attempt up.",
    },
    PAGE_RELOADS: {
      help: "Page reloads by the user, by what the socket was like.",
      unit: "reloads",
      readAs: "`reconnecting` and `gave_up` are reloads that we made users do, per session started.",
      doNot:
        "count `rejected`: the page told the user to reload. Do not count `healthy`. A script's `location.reload()` counts like the user's.",
    },
    HEAP_GROWTH: {
      help: "Growth of the page's heap, observed once per session when it is 1 h, 4 h and 8 h old.",
      unit: "bytes",
      readAs: `The share at ${targets.client_memory.objective.bound / 2 ** 20} MiB with \`session_age="8h"\`.`,
      doNot:
        "mix ages: young sessions are many. Browsers other than Chromium do not tell. It begins at the least of the minutes 5 to 10, when a page has come about.",
    },
    SESSIONS_ACTIVE: {
      help: `Sessions (page loads) that have sent a second batch and have neither left nor been silent for ${SESSION_SILENCE_MS / 1000} s.`,
      unit: "sessions",
      readAs: "The denominator of every share of users. Sum it over collectors before averaging over time.",
      doNot:
        "read it as connections: a page without a socket counts, and so does each iframe and worker that starts an SDK of its own. Do not count on it in a page's first minute.",
      countedByCollector: true,
    },
    SESSIONS_STARTED: {
      help: "Sessions (page loads) that sent their first batch.",
      unit: "sessions",
      readAs: "The denominator of what happens once a visit.",
      doNot:
        "read it as users: five tabs are five, iframes and workers are more, and every reload is another.",
      countedByCollector: true,
    },
    TELEMETRY_LOST: {
      help: "Measurements that the SDK had to drop, by where.",
      unit: "measurements",
      readAs:
        "A share: over itself and `sockscope_collector_measurements_total`. `internal` is a fault of the SDK or of a callback of the page, told on its console once; `withheld` is what `beforeSend` kept.",
      doNot: "read zero as complete: a page that cannot report cannot report this. Coverage tells.",
      addsNoMeasurements: true,
    },
  };
}
