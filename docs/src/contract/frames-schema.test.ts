import { CLIENT_FRAME_SCHEMAS, type FrameSchema, SERVER_FRAME_SCHEMAS } from "@sockscope/catalog";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { framesSchema } from "./frames-schema.ts";

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
ajv.addSchema(JSON.parse(framesSchema()), "frames");

function validator(name: string): ValidateFunction {
  return ajv.getSchema(`frames#/$defs/${name}`) ?? expect.fail();
}

function examplesOf(schemas: Readonly<Record<string, FrameSchema>>): object[] {
  return Object.values(schemas).flatMap(({ examples }) => [...examples]);
}

describe("docs/frames.schema.json", () => {
  it("takes every frame as one of its direction, and of no other", () => {
    const [isClient, isServer] = [validator("client_frame"), validator("server_frame")];
    for (const example of examplesOf(CLIENT_FRAME_SCHEMAS))
      expect([example, isClient(example), isServer(example)]).toEqual([example, true, false]);
    for (const example of examplesOf(SERVER_FRAME_SCHEMAS))
      expect([example, isClient(example), isServer(example)]).toEqual([example, false, true]);
  });

  it("refuses what is no frame", () => {
    const isFrame = ajv.getSchema("frames") ?? expect.fail();
    expect([{}, [], null, { type: "sudo" }].filter((value) => isFrame(value))).toEqual([]);
  });
});
