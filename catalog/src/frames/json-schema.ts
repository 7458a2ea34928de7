/** A type of JSON. */
export type JsonType = "string" | "number" | "integer" | "boolean" | "null" | "object" | "array";

/** What the frames' schemas use of JSON Schema, draft 2020-12. See https://json-schema.org/draft/2020-12 */
export interface JsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly const?: string | number | boolean;
  readonly enum?: readonly string[];
  /** A name among the frames' definitions. */
  readonly $ref?: `#/$defs/${string}`;
  readonly pattern?: string;
  /** In characters. */
  readonly minLength?: number;
  /** In characters. */
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean;
  readonly items?: JsonSchema;
  readonly examples?: readonly unknown[];
}

/** The schema of a whole frame. */
export interface FrameSchema extends JsonSchema {
  readonly title: string;
  readonly description: string;
  readonly type: "object";
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, JsonSchema>>;
  /** A receiver ignores fields that it does not know, so that a frame can get new ones. */
  readonly additionalProperties: true;
  /** With `type` and `event` in front, as a frame has to open. */
  readonly examples: readonly [object, ...object[]];
}
