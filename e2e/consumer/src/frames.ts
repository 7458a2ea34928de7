/** A frame of this chat: not one of Sockscope's. */
export interface Frame {
  readonly kind: "msg";
  readonly about: "order" | "fill";
}

/** What a frame is to Sockscope. */
export function received(frame: unknown): "order_filled" | "other" {
  return frame === '{"kind":"msg","about":"fill"}' ? "order_filled" : "other";
}

/** The same for the other way. */
export function sent(frame: unknown): "place_order" | "other" {
  return String(frame) === '{"kind":"msg","about":"order"}' ? "place_order" : "other";
}
