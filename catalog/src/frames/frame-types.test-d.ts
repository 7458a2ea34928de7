import type { ChatErrorCode } from "./chat-error-codes.ts";
import type {
  AssistantDeltaFrame,
  ChatErrorFrame,
  ClientFrame,
  RehydrationFrame,
  ServerFrame,
  Turn,
} from "./frame-types.ts";

/* What the schemas' types are. The compiler checks this file with the tests: an error that is expected and missing fails it. */

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

function same<A, B>(_is: Same<A, B>): void {}

same<Turn, { readonly role: "user" | "assistant"; readonly text: string; readonly message_id: string }>(true);
same<RehydrationFrame["recent_turns"], readonly Turn[]>(true);
same<RehydrationFrame["active_domain"], string | null>(true);
same<RehydrationFrame["agent_contexts"], Readonly<Record<string, unknown>>>(true);
same<ChatErrorFrame["payload"]["code"], ChatErrorCode | undefined>(true);
same<ClientFrame["type"], "client_hello" | "chat_message" | "ping">(true);
same<ServerFrame extends { readonly thread_id: string } ? true : false, false>(true);

const thread_id = "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11";

/** A piece without the time of its sending. */
export const PIECE: AssistantDeltaFrame = {
  type: "chat_message",
  event: "assistant_delta",
  thread_id,
  payload: { text: "" },
  meta: { in_reply_to: "m-1", index: 0 },
};

// @ts-expect-error A piece that says its queued message would be dropped as a copy of the first.
PIECE.meta.queued_message_id;
// @ts-expect-error A ping has an id.
export const PING: ClientFrame = { type: "ping" };
// @ts-expect-error There is no such code.
export const CODE: ChatErrorCode = "teapot";
// @ts-expect-error A frame that was sent does not change.
PIECE.thread_id = "";
