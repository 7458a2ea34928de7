import { CLIENT_FRAME_SCHEMAS } from "@sockscope/catalog";
import { expect, it } from "vitest";
import { frameCheck } from "../../../../catalog/src/testing/frame-check.test-support.ts";
import { FEEDBACK } from "../../../server/src/frames/feedback.ts";
import { randomUuid } from "../parts/random-uuid.ts";
import { clientHello, feedback, userMessage } from "./chat-frames.ts";

const faultOf = frameCheck({ ...CLIENT_FRAME_SCHEMAS, feedback: FEEDBACK });

it.each([
  clientHello(randomUuid()),
  userMessage(randomUuid(), randomUuid(), "Hello?"),
  feedback(randomUuid(), randomUuid(), "unhelpful"),
])("what the page sends is of the contract: $type", (frame) => {
  expect(faultOf(JSON.stringify(frame))).toBeUndefined();
});
