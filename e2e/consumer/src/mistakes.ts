import { start } from "@sockscope/sdk";
import { ORDERS_PLACED, VOCABULARY } from "./generated/vocabulary.ts";

/** What must not compile: each line has to be an error. */
export function mistakes(socket: WebSocket): void {
  const sockscope = start({ ...VOCABULARY, collector: "https://collector.example", app: "exchange" });
  // @ts-expect-error -- mistyped
  sockscope.observe(socket, { receivedEvent: () => "order_filed" });
  // @ts-expect-error -- the other way
  sockscope.observe(socket, { sentEvent: () => "order_filled" });
  // @ts-expect-error -- no such value
  sockscope.count(ORDERS_PLACED, { side: "hold" });
  // @ts-expect-error -- no such consequence
  start({ closeCodes: { 4001: "eror" }, collector: "https://collector.example", app: "exchange" });
}
