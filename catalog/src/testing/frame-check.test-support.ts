import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { FRAME_DEFINITIONS } from "../frames/definitions.ts";
import { frameEvent } from "../frames/frame-name.ts";
import type { FrameSchema, JsonSchema } from "../frames/json-schema.ts";

/** Says what is wrong with the text of a frame; undefined for one that the contract has. */
export type FrameCheck = (text: string) => string | undefined;

/**
 * Checks frames against their schemas, by their events.
 *
 * @param unknownFields whether a frame may have fields that the contract does not name. A receiver ignores them; in what we
 * send ourselves they are mistakes
 */
export function frameCheck(
  schemas: Readonly<Record<string, FrameSchema>>,
  unknownFields: "allowed" | "wrong" = "wrong",
): FrameCheck {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const validators = new Map<string, ValidateFunction>();
  for (const [event, schema] of Object.entries(schemas)) {
    const whole = { ...schema, $defs: FRAME_DEFINITIONS };
    validators.set(event, ajv.compile(unknownFields === "allowed" ? whole : closed(whole)));
  }
  return (text) => {
    const validator = validators.get(frameEvent(text));
    if (validator === undefined) return `no frame of the contract: ${text}`;
    return validator(JSON.parse(text)) ? undefined : `${ajv.errorsText(validator.errors)}: ${text}`;
  };
}

/** A schema that refuses fields that it does not name, at any depth. */
function closed(schema: JsonSchema & { readonly $defs?: Readonly<Record<string, JsonSchema>> }): object {
  const { properties, items, $defs } = schema;
  return {
    ...schema,
    ...(properties && { properties: eachClosed(properties), additionalProperties: false }),
    ...(items && { items: closed(items) }),
    ...($defs && { $defs: eachClosed($defs) }),
  };
}

function eachClosed(schemas: Readonly<Record<string, JsonSchema>>): object {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema)]));
}
