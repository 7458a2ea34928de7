import { describe, expect, it } from "vitest";
import { frameEvent } from "./frame-name.ts";

describe("frameEvent", () => {
  it.each([
    ['{"type":"rehydration","thread_id":"t"}', "rehydration"],
    ['{"type":"chat_message","event":"assistant_message","payload":{}}', "assistant_message"],
    ['{"type":"chat_message","event":"assistant_delta","payload":{}}', "assistant_delta"],
    ['{ "type" : "chat_status" , "event" : "typing" }', "typing"],
    ['{"type":"chat_error","event":"error"}', "error"],
    ['{"type":"chat_message","event":"order_filled"}', "order_filled"],
    ['{"thread_id":"t","type":"rehydration"}', "other"],
    ['{"payload":{"text":"\\"type\\":\\"rehydration\\""}}', "other"],
    ["", "other"],
    ["__proto__", "other"],
  ])("calls %s %s", (text, event) => {
    expect(frameEvent(text)).toBe(event);
  });

  it("calls a binary frame other", () => {
    expect(frameEvent(new ArrayBuffer(4))).toBe("other");
  });
});
