import { Parser } from "@asyncapi/parser";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { asyncApi } from "./asyncapi.ts";

interface Message {
  readonly payload: object;
  readonly examples: readonly { readonly payload: object }[];
}

/** Of a parser's advice, what is not followed: tools read 3.0, and nothing that 3.1 added is used. */
const DECLINED = ["asyncapi-latest-version"];

const { components } = parse(asyncApi()) as { components: { messages: Record<string, Message> } };

describe("docs/asyncapi.yaml", () => {
  it("is AsyncAPI, and its parser advises nothing else", async () => {
    const { document, diagnostics } = await new Parser().parse(asyncApi());
    const advice = diagnostics.filter(({ code }) => !DECLINED.includes(String(code)));
    expect(advice.map(({ code, message, path }) => [code, message, path.join(".")])).toEqual([]);
    const operations = document?.operations().all() ?? [];
    expect(operations.map((operation) => [operation.action(), operation.messages().length])).toEqual([
      ["receive", 3],
      ["send", 7],
    ]);
  });

  it.each(Object.entries(components.messages))(
    "has examples of %s that are as its payload says, to a reader of an older draft too",
    (_, { payload, examples }) => {
      const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(payload);
      const faults = examples.map((example) => validate(example.payload) || validate.errors);
      expect(faults).toEqual([true]);
    },
  );
});
