import { type BatchHead, batchText as textOf } from "@sockscope/catalog/protocol";
import { closeLine } from "./lines.test-support.ts";

export const ORIGIN = "https://chat.example";
export const SESSION = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
export const CHAT = { name: "chat", origins: [ORIGIN] } as const;
export const BATCH_HEADERS = { origin: ORIGIN, "content-type": "text/plain;charset=UTF-8" } as const;

/** The path of a session's batches for the app of {@link CHAT}. */
export function pathOf(session: string = SESSION): string {
  return `/v1/batches/${session}?app=chat`;
}

/** A session's id made from a small number. */
export function sessionNumber(number: number): string {
  return number.toString(16).padStart(32, "0");
}

/** What a test's batch carries besides its number. */
export interface Carried extends Partial<Omit<BatchHead, "seq">> {
  readonly lines?: readonly string[];
}

/** A batch that was closed just now; unless a test says otherwise, it counts one close. */
export function batchText(
  seq: number,
  { lines = [closeLine()], closedMsAgo = 0, leaving = false }: Carried = {},
): string {
  return textOf({ seq, closedMsAgo, leaving }, lines);
}

/** The head of a batch's request, as it travels. */
export function rawHead(...headers: readonly string[]): string {
  const lines = [`POST ${pathOf()} HTTP/1.1`, `Origin: ${ORIGIN}`, "Content-Type: text/plain", ...headers];
  return `${lines.join("\r\n")}\r\n\r\n`;
}
