import type { CloseCodeLabel } from "./close-code-label.ts";

/** What a close code says, for docs, dashboards and runbooks. */
export interface CloseCodeMeaning {
  /** A few words, fit for a legend. */
  readonly name: string;
  readonly meaning: string;
  /** Whether the code travels in a close frame; the others are made up by the endpoint that reports them. */
  readonly travels: boolean;
}

/** The meanings of {@link CloseCodeLabel}. A code without one does not compile. */
export const CLOSE_CODE_MEANINGS: Readonly<Record<CloseCodeLabel, CloseCodeMeaning>> = {
  "1000": {
    name: "normal",
    meaning: "The purpose is fulfilled: unmount, log-out, navigation.",
    travels: true,
  },
  "1001": { name: "going away", meaning: "The page was left, or the server is going down.", travels: true },
  "1002": { name: "protocol error", meaning: "An endpoint broke the WebSocket protocol.", travels: true },
  "1003": {
    name: "unsupported data",
    meaning: "An endpoint received a type of data that it cannot accept.",
    travels: true,
  },
  "1004": { name: "reserved", meaning: "Reserved; nobody should send it.", travels: false },
  "1005": { name: "no status", meaning: "The close frame carried no code.", travels: false },
  "1006": {
    name: "abnormal",
    meaning: "No close frame: the network, a crash, or a refused handshake. The browser hides which.",
    travels: false,
  },
  "1007": {
    name: "invalid payload",
    meaning: "A text message was not UTF-8, or its content was inconsistent.",
    travels: true,
  },
  "1008": { name: "policy violation", meaning: "A message broke the endpoint's policy.", travels: true },
  "1009": {
    name: "message too big",
    meaning: "A message was larger than the endpoint accepts.",
    travels: true,
  },
  "1010": {
    name: "extension missing",
    meaning: "The server did not negotiate an extension that the client needs.",
    travels: true,
  },
  "1011": {
    name: "server error",
    meaning: "The server met a condition that it did not expect.",
    travels: true,
  },
  "1012": { name: "service restart", meaning: "The server is restarting; come back.", travels: true },
  "1013": { name: "try again later", meaning: "The server is overloaded; come back later.", travels: true },
  "1014": {
    name: "bad gateway",
    meaning: "A gateway got an invalid answer from its upstream.",
    travels: true,
  },
  "1015": {
    name: "TLS failure",
    meaning: "The TLS handshake failed, for example on the certificate.",
    travels: false,
  },
  "3000": {
    name: "unauthorized",
    meaning: "The endpoint needs authentication (registered counterpart of 4401).",
    travels: true,
  },
  "3003": { name: "forbidden", meaning: "Authenticated, but not allowed.", travels: true },
  "3008": { name: "timeout", meaning: "The endpoint took too long to respond.", travels: true },
  "3xxx": {
    name: "library code",
    meaning: "A code of a library or framework that the table does not name.",
    travels: true,
  },
  "4401": { name: "authentication", meaning: "Authentication is missing or has expired.", travels: true },
  "4403": { name: "forbidden", meaning: "Authenticated, but not allowed here.", travels: true },
  "4xxx": {
    name: "private code",
    meaning: "A code of an application that the table does not name.",
    travels: true,
  },
  unassigned: { name: "unassigned", meaning: "A code that no endpoint may send.", travels: false },
};
