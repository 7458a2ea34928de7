import {
  type ChatErrorCode,
  CLIENT_FRAME_SCHEMAS,
  type ClientFrame,
  FRAME_DEFINITIONS,
} from "@sockscope/catalog";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { FEEDBACK, type FeedbackFrame } from "./feedback.ts";

/** What clients of this chat send. */
export type ChatFrame = ClientFrame | FeedbackFrame;

/** Why a client's frame is not taken. */
export interface Refusal {
  readonly code: ChatErrorCode;
  /** In words, without anything that the client wrote. */
  readonly message: string;
  /** The id of the user's message that it is about. */
  readonly inReplyTo?: string | undefined;
}

/** What a text turned out to be. */
export type ReadFrame = { readonly frame: ChatFrame } | { readonly refusal: Refusal };

const MESSAGE_ID = new RegExp(FRAME_DEFINITIONS.message_id.pattern);

/** Fields that the contract does not name are taken out, so that nothing is stored or passed on that nobody checked. */
const AJV = new Ajv2020({ strict: true, removeAdditional: "all" });

/** By event. A map, because a client may call its frame `constructor`. */
const VALIDATORS: ReadonlyMap<unknown, ValidateFunction<ChatFrame>> = new Map(
  Object.entries({ ...CLIENT_FRAME_SCHEMAS, feedback: FEEDBACK }).map(([event, schema]) => [
    event,
    AJV.compile<ChatFrame>({ ...schema, $defs: FRAME_DEFINITIONS }),
  ]),
);

/** Reads a client's text: a frame with the fields of the contract and no others, or what is wrong with it. */
export function readClientFrame(text: string): ReadFrame {
  const value = parsedJson(text);
  const { type, event = type } = fieldsOf(value);
  const validate = VALIDATORS.get(event);
  if (validate === undefined) return { refusal: UNKNOWN };
  if (validate(value)) return { frame: value };
  return { refusal: refusalOf(String(event), value, validate.errors?.[0]) };
}

const UNKNOWN: Refusal = {
  code: "invalid_frame",
  message: "This is not a frame of the chat: no JSON object, or one of no known type and event.",
};

function refusalOf(event: string, value: unknown, error: ErrorObject | undefined): Refusal {
  return {
    code: error?.keyword === "maxLength" ? "message_too_long" : "invalid_frame",
    message: `The frame ${event} is not as the contract says: ${error === undefined ? "" : words(error)}.`,
    inReplyTo: messageIdOf(value),
  };
}

/** Which field, and what it must be. */
function words({ instancePath, keyword, message, params }: ErrorObject): string {
  const path = instancePath.split("/").slice(1);
  if (keyword === "required") return `${[...path, params["missingProperty"]].join(".")} is missing`;
  return `${path.join(".")} ${message}`;
}

function messageIdOf(value: unknown): string | undefined {
  const { message_id } = fieldsOf(fieldsOf(value)["meta"]);
  return typeof message_id === "string" && MESSAGE_ID.test(message_id) ? message_id : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
