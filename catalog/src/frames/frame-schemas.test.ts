import { describe, expect, it } from "vitest";
import { frameCheck } from "../testing/frame-check.test-support.ts";
import { FRAME_DEFINITIONS } from "./definitions.ts";
import { CLIENT_FRAME_EVENTS, SERVER_FRAME_EVENTS } from "./frame-events.ts";
import { MAX_CLIENT_FRAME_BYTES } from "./frame-limits.ts";
import { frameEvent } from "./frame-name.ts";
import { CLIENT_FRAME_SCHEMAS, SERVER_FRAME_SCHEMAS } from "./frame-schemas.ts";
import type { JsonSchema } from "./json-schema.ts";

const SCHEMAS = { ...CLIENT_FRAME_SCHEMAS, ...SERVER_FRAME_SCHEMAS };
const THREAD = "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11";

/** A schema and all that are in it, with the way to each. */
function partsOf(path: string, schema: JsonSchema): [path: string, schema: JsonSchema][] {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    partsOf(`${path}.${name}`, field),
  );
  return [[path, schema], ...fields, ...(schema.items ? partsOf(`${path}[]`, schema.items) : [])];
}

const PARTS = Object.entries({ ...SCHEMAS, ...FRAME_DEFINITIONS }).flatMap(([name, schema]) =>
  partsOf(name, schema),
);

function userMessage(text: string, message_id = "m-1", thread_id = THREAD): string {
  const event = { type: "chat_message", event: "user_message" };
  return JSON.stringify({ ...event, thread_id, payload: { text }, meta: { message_id } });
}

describe("the schemas of frames", () => {
  it("are there for every event but other", () => {
    const events = (domain: readonly string[]): string[] => domain.filter((name) => name !== "other").sort();
    expect(Object.keys(CLIENT_FRAME_SCHEMAS).sort()).toEqual(events(CLIENT_FRAME_EVENTS));
    expect(Object.keys(SERVER_FRAME_SCHEMAS).sort()).toEqual(events(SERVER_FRAME_EVENTS));
  });

  it.each(Object.entries(SCHEMAS))(
    "of %s has the event as its title, and examples that it takes",
    (event, schema) => {
      const fault = frameCheck(SCHEMAS);
      expect(schema.title).toBe(event);
      for (const example of schema.examples) {
        const text = JSON.stringify(example);
        expect(frameEvent(text)).toBe(event);
        expect(fault(text)).toBeUndefined();
      }
    },
  );

  it("describe every field, and name no definition that there is not", () => {
    const isPlain = (path: string, { $ref, const: only }: JsonSchema): boolean =>
      $ref !== undefined || only !== undefined || path.endsWith("[]");
    const silent = PARTS.filter(([path, part]) => part.description === undefined && !isPlain(path, part));
    expect(silent).toEqual([]);
    const refs = PARTS.flatMap(([, { $ref }]) => $ref?.replace("#/$defs/", "") ?? []);
    expect(refs.filter((name) => !(name in FRAME_DEFINITIONS))).toEqual([]);
  });

  it("require only fields that they have", () => {
    const missing = PARTS.flatMap(([path, { required = [], properties = {} }]) =>
      required.filter((name) => !(name in properties)).map((name) => `${path}.${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe("a frame of another version", () => {
  it("is taken with fields that nobody knows yet, at any depth", () => {
    const fault = frameCheck(SCHEMAS, "allowed");
    const newer = { type: "client_hello", thread_id: THREAD, locale: "de" };
    expect(fault(JSON.stringify(newer))).toBeUndefined();
    expect(frameCheck(SCHEMAS)(JSON.stringify(newer))).toContain("additional properties");
    const [delta] = SERVER_FRAME_SCHEMAS.assistant_delta.examples as readonly [{ meta: object }];
    const nested = { ...delta, meta: { ...delta.meta, model: "x" } };
    expect(fault(JSON.stringify(nested))).toBeUndefined();
  });

  it("is taken without what came later", () => {
    const fault = frameCheck(SCHEMAS);
    const [{ pending_replies: _later, ...earlier }] = SERVER_FRAME_SCHEMAS.rehydration.examples as readonly [
      { pending_replies: unknown },
    ];
    expect(fault(JSON.stringify(earlier))).toBeUndefined();
    const error = { type: "chat_error", event: "error", payload: { message: "No." }, thread_id: "" };
    expect(fault(JSON.stringify(error))).toBeUndefined();
  });
});

describe("a user's message", () => {
  const fault = frameCheck(CLIENT_FRAME_SCHEMAS);

  it("has a text of up to 4000 characters, of whatever they are", () => {
    expect(fault(userMessage("x"))).toBeUndefined();
    expect(fault(userMessage("🙂".repeat(4000)))).toBeUndefined();
    expect(fault(userMessage("x".repeat(4001)))).toContain("data/payload/text");
  });

  it("fits into a frame that a server reads, however JSON spells it", () => {
    const longest = userMessage("\u0001".repeat(4000), "m".repeat(64));
    expect(longest.length).toBeGreaterThan(24_000);
    expect(longest.length).toBeLessThan(MAX_CLIENT_FRAME_BYTES);
  });

  it.each([
    ["is empty", userMessage("")],
    ["is white space", userMessage(" \n\t")],
    ["has an id with a space", userMessage("x", "m 1")],
    ["has an id that is too long", userMessage("x", "m".repeat(65))],
    ["has no id", userMessage("x", "")],
    ["is for a thread that is no UUID", userMessage("x", "m-1", "1")],
    ["has a line behind its thread", userMessage("x", "m-1", `${THREAD}\n`)],
  ])("is refused when it %s", (_, text) => {
    expect(fault(text)).toBeDefined();
  });
});
