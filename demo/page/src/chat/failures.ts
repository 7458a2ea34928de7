import type { ServerFrame } from "@sockscope/catalog/runtime";

type ChatError = Extract<ServerFrame, { type: "chat_error" }>;

/** Why a message came to nothing: as the server says it, or `lost` where the socket gave it up. */
export type FailureCode = NonNullable<ChatError["payload"]["code"]> | "lost";

/** What a user is told of a message that came to nothing. */
export interface Failure {
  readonly text: string;
  /** Whether the same message may be taken when it is sent again. */
  readonly mayHelpAgain: boolean;
}

/** What each code means for whoever wrote the message. A code without words does not compile. */
const FAILURES: Readonly<Record<FailureCode, Failure>> = {
  invalid_frame: { text: "The server cannot read this message.", mayHelpAgain: false },
  message_too_long: { text: "Too long for the server. Please write a shorter one.", mayHelpAgain: false },
  wrong_thread: { text: "The server did not know yet which conversation this is for.", mayHelpAgain: true },
  too_many_messages: {
    text: "Too many messages wait for their answer. Send it again when one has come.",
    mayHelpAgain: true,
  },
  internal: { text: "The server failed at this message.", mayHelpAgain: true },
  lost: { text: "The connection ended twice, and this may not have arrived.", mayHelpAgain: true },
};

/** What a server's error says of the message that it names. A code that nobody knows is like none: the server's own words count. */
export function failureOf({ payload: { code, message } }: Pick<ChatError, "payload">): Failure {
  if (code !== undefined && Object.hasOwn(FAILURES, code)) return FAILURES[code];
  return { text: message, mayHelpAgain: true };
}

/** A message that the socket sent as often as it may. */
export const LOST: Failure = FAILURES.lost;
