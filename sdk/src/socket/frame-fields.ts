type Fields = Readonly<Record<string, unknown>>;

/** A text as JSON; undefined for what is none. */
export function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** An object's fields; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/**
 * By what a second copy of a message is known: what it answers, together with the id under which it was queued. Undefined for a
 * frame that was not queued: parts of one answer may have nothing else to tell them apart.
 */
export function messageKey(frame: unknown): string | undefined {
  const { type, event, meta } = fieldsOf(frame);
  const { in_reply_to, queued_message_id } = fieldsOf(meta);
  return isId(queued_message_id)
    ? JSON.stringify([event ?? type, in_reply_to, queued_message_id])
    : undefined;
}

/** The ping that a frame answers; undefined for any other frame. */
export function pongId(frame: unknown): number | undefined {
  const { type, id } = fieldsOf(frame);
  return type === "pong" && typeof id === "number" ? id : undefined;
}

/** The id that a reply to a sent message names; undefined for a frame without one. */
export function messageId(frame: unknown): string | undefined {
  return idIn(fieldsOf(frame)["meta"], "message_id");
}

/** The id of the message that a frame answers. */
export function answeredId(frame: unknown): string | undefined {
  return idIn(fieldsOf(frame)["meta"], "in_reply_to");
}

/** Ids of the messages that the server has, as its rehydration lists them; undefined for any other frame. */
export function rehydratedIds(frame: unknown): readonly string[] | undefined {
  const { type, recent_turns } = fieldsOf(frame);
  if (type !== "rehydration") return undefined;
  return (Array.isArray(recent_turns) ? recent_turns : []).flatMap((turn) => idIn(turn, "message_id") ?? []);
}

/** What an advice frame asks for, in ms; undefined for any other frame. */
export function adviceOf(frame: unknown): number | undefined {
  const { type, retry_after_ms } = fieldsOf(frame);
  const isAdvice = type === "advice" && typeof retry_after_ms === "number" && retry_after_ms >= 0;
  return isAdvice ? retry_after_ms : undefined;
}

function idIn(fields: unknown, name: string): string | undefined {
  const id = fieldsOf(fields)[name];
  return isId(id) ? String(id) : undefined;
}

function isId(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}
