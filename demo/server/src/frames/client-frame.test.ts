import { CLIENT_FRAME_SCHEMAS, MAX_CLIENT_FRAME_BYTES } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { THREAD } from "../testing/demo.test-support.ts";
import { readClientFrame } from "./client-frame.ts";
import { FEEDBACK } from "./feedback.ts";

const EXAMPLES = [...Object.values(CLIENT_FRAME_SCHEMAS), FEEDBACK].map(({ examples: [example] }) => example);

function message(payload: object, meta: object = { message_id: "m-1" }): string {
  const event = { type: "chat_message", event: "user_message" };
  return JSON.stringify({ ...event, thread_id: THREAD, payload, meta });
}

function refusalOf(text: string) {
  const read = readClientFrame(text);
  return "refusal" in read ? read.refusal : undefined;
}

describe("a text that a client sends", () => {
  it.each(EXAMPLES)("is a frame as it stands: %o", (example) => {
    expect(readClientFrame(JSON.stringify(example))).toEqual({ frame: example });
  });

  it("loses every field that the contract does not name", () => {
    const text = `{"__proto__":{"a":1},"type":"ping","id":1,"constructor":{"prototype":{"b":1}},"toString":2}`;
    const read = readClientFrame(text) as { frame: object };
    expect(Reflect.ownKeys(read.frame)).toEqual(["type", "id"]);
    expect(Object.getPrototypeOf(read.frame)).toBe(Object.prototype);
  });

  it("is not completed by fields that it hides in a prototype", () => {
    const hidden = `{"type":"client_hello","__proto__":{"thread_id":"${THREAD}"}}`;
    expect(refusalOf(hidden)).toMatchObject({ message: expect.stringContaining("thread_id is missing") });
  });

  it.each([
    ["payload.text is missing", message({})],
    ["payload.text must be string", message({ text: 1 })],
    ["payload.text must match", message({ text: " " })],
    ["payload must be object", message([] as unknown as object).replace("[]", '"x"')],
    ["meta.message_id is missing", message({ text: "x" }, {})],
    ["meta.message_id must match", message({ text: "x" }, { message_id: "m 1" })],
    ["thread_id must match", '{"type":"client_hello","thread_id":"1"}'],
    ["id must be number", '{"type":"ping","id":1e999}'],
    [
      "type must be equal",
      `{"type":"x","event":"user_message","thread_id":"${THREAD}","payload":{"text":"x"},"meta":{"message_id":"m"}}`,
    ],
    [
      "verdict must be equal to one of",
      `{"type":"feedback","thread_id":"${THREAD}","message_id":"m","verdict":"x"}`,
    ],
  ])("is refused in words that name the field: %s", (words, text) => {
    expect(refusalOf(text)).toMatchObject({ code: "invalid_frame", message: expect.stringContaining(words) });
  });

  it.each(["", "null", "1", "[]", "{", '{"type":"sudo"}', '{"type":"__proto__"}', '{"type":"constructor"}'])(
    "is no frame when it is %j",
    (text) => {
      expect(refusalOf(text)).toMatchObject({
        code: "invalid_frame",
        message: expect.stringContaining("not a frame"),
      });
    },
  );

  it("is told by a code of its own that it is too long, and by its id which message it is about", () => {
    const text = message({ text: "x".repeat(4001) });
    expect(refusalOf(text)).toMatchObject({ code: "message_too_long", inReplyTo: "m-1" });
  });

  it("is told nothing that it wrote itself", () => {
    const { message: words, inReplyTo } =
      refusalOf(message({ text: 1 }, { message_id: "<b>" })) ?? expect.fail();
    expect(words).not.toContain("<b>");
    expect(inReplyTo).toBeUndefined();
  });

  it("may be nested as deeply as a frame is long", () => {
    const depth = MAX_CLIENT_FRAME_BYTES / 2 - 100;
    const deep = `{"type":"ping","id":1,"x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(readClientFrame(deep)).toEqual({ frame: { type: "ping", id: 1 } });
    expect(refusalOf("[".repeat(MAX_CLIENT_FRAME_BYTES))).toMatchObject({ code: "invalid_frame" });
  });
});
