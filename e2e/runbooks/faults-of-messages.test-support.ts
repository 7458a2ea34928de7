import { type healthyChat, LOOKED_AT } from "@sockscope/alerts";
import {
  AFFECTED_SESSIONS,
  DUPLICATES_DROPPED,
  FRAMES_RECEIVED,
  LATENCY_EXCLUDED,
  MESSAGE_LATENCY,
  REPLY_LATENCY,
  SERVER_CLOSES,
  SERVER_FRAMES_SENT,
  SERVER_MESSAGE_DELIVERY,
  SERVER_REHYDRATIONS,
  SERVER_SEND_ERRORS,
} from "@sockscope/catalog";
import type { Series } from "./unhealthy.test-support.ts";

/*
 * What the demo's faults do to the series of a healthy chat, and troubles that the demo has no fault for: from some minutes before they
 * are looked at.
 */

type Labels = Readonly<Record<string, string>>;

/** What a fault does to the series of a metric that have these labels. */
interface Moved {
  readonly name: string;
  readonly labels?: Labels;
  /** How many times as much happens in a minute; of that which does not happen otherwise, how much. */
  readonly times?: number;
  readonly aMinute?: number;
}

const NO_ANSWERS: readonly Moved[] = [
  { name: FRAMES_RECEIVED.name, labels: { event: "assistant_message" }, times: 0 },
  { name: `${REPLY_LATENCY.name}_count`, times: 0 },
  { name: `${REPLY_LATENCY.name}_bucket`, times: 0 },
];

const NONE_SENT: Moved = { name: SERVER_FRAMES_SENT.name, labels: { event: "assistant_message" }, times: 0 };

/** Every hello ends with an exception as well as every message, and pages come back for more. */
const CONSUMER_ERROR: readonly Moved[] = [
  ...NO_ANSWERS,
  NONE_SENT,
  { name: SERVER_CLOSES.name, labels: { code: "1011", reason: "internal_error" }, aMinute: 300 },
  { name: SERVER_REHYDRATIONS.name, labels: { outcome: "sent" }, times: 0 },
  { name: SERVER_REHYDRATIONS.name, labels: { outcome: "failed" }, aMinute: 250 },
  { name: AFFECTED_SESSIONS.name, labels: { code: "1011" }, aMinute: 80 },
];

/** Leaves so many of the messages in time. */
function lateMessages(times: number): readonly Moved[] {
  return ["0.1", "0.2", "0.3", "0.5"].map((le) => ({
    name: `${MESSAGE_LATENCY.name}_bucket`,
    labels: { le },
    times,
  }));
}

export const FAULTS_AS_SERIES = {
  consumer_error: CONSUMER_ERROR,
  lose_messages: NO_ANSWERS,
  omit_in_reply_to: NO_ANSWERS.slice(1),
  duplicate_messages: [
    { name: FRAMES_RECEIVED.name, labels: { event: "assistant_message" }, times: 2 },
    { name: DUPLICATES_DROPPED.name, aMinute: 196 },
  ],
  delay_messages: lateMessages(0),
  /** Every message of one of the two servers seems late, and every one of the other early. */
  "a clock is wrong": [
    ...lateMessages(0.5),
    { name: LATENCY_EXCLUDED.name, labels: { reason: "negative" }, aMinute: 95 },
  ],
  /** A third is written late, and two of a hundred are early for another reason. */
  "a slow server, and a clock that is a little wrong": [
    ...lateMessages(0.7),
    ...["0.05", "0.1", "0.2"].map((le) => ({
      name: `${SERVER_MESSAGE_DELIVERY.name}_bucket`,
      labels: { le },
      times: 0.7,
    })),
    { name: LATENCY_EXCLUDED.name, labels: { reason: "negative" }, aMinute: 4 },
  ],
  slow_consumer: [{ name: SERVER_SEND_ERRORS.name, labels: { reason: "backpressure" }, aMinute: 40 }],
  stop_redis: [
    { name: SERVER_REHYDRATIONS.name, labels: { outcome: "sent" }, times: 0 },
    { name: SERVER_REHYDRATIONS.name, labels: { outcome: "failed" }, aMinute: 10 },
  ],
  /** Messages are taken, and nobody answers them; a few wait so long that they are given up with an exception. */
  "workers are gone": [
    ...NO_ANSWERS,
    NONE_SENT,
    { name: SERVER_CLOSES.name, labels: { code: "1011", reason: "internal_error" }, aMinute: 5 },
  ],
} satisfies Readonly<Record<string, readonly Moved[]>>;

function has(selector: string, { name, labels = {} }: Moved): boolean {
  if (!selector.startsWith(`${name}{`)) return false;
  return Object.entries(labels).every(([label, value]) => selector.includes(`${label}="${value}"`));
}

/** A counter of promtool's, `0+NxM`, that goes on in another way from so many minutes before it is looked at. */
function from(minutesBefore: number, values: string, { times, aMinute }: Moved): string {
  const before = Number(/^0\+([\d.e-]+)x/.exec(values)?.[1]);
  const after = aMinute ?? before * (times ?? 1);
  const minutes = LOOKED_AT - minutesBefore;
  return `0+${before}x${minutes} ${Number((before * minutes + after).toPrecision(10))}+${after}x${minutesBefore + 5}`;
}

/** The series of a chat in which all was well until this happened. */
export function after(
  healthy: ReturnType<typeof healthyChat>,
  moved: readonly Moved[],
  minutesBefore: number,
): Series {
  const unmoved = moved.filter((one) => !Object.keys(healthy).some((selector) => has(selector, one)));
  if (unmoved.length > 0) throw new Error(`a healthy chat has no series of ${JSON.stringify(unmoved)}`);
  return Object.fromEntries(
    Object.entries(healthy).map(([selector, values]) => {
      const change = moved.find((one) => has(selector, one));
      return [selector, change === undefined ? values : from(minutesBefore, values, change)];
    }),
  );
}
