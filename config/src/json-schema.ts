import { z } from "zod";
import { DECLARATION } from "./declaration.ts";

/** A part of the schema that describes an object. */
interface ObjectSchema {
  readonly properties?: Readonly<Record<string, ObjectSchema>>;
  readonly additionalProperties?: ObjectSchema | boolean;
  readonly items?: ObjectSchema;
}

/** The JSON Schema of a configuration, with which editors complete it. */
export const JSON_SCHEMA: Readonly<Record<string, unknown>> = {
  title: "Sockscope configuration",
  ...z.toJSONSchema(DECLARATION, { io: "input", unrepresentable: "any" }),
};

/** The keys that the object at a path can have; none where its keys are free. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const at = path.reduce<ObjectSchema | undefined>((schema, key) => {
    if (typeof key === "number") return schema?.items;
    const free = schema?.additionalProperties;
    return schema?.properties?.[String(key)] ?? (typeof free === "object" ? free : undefined);
  }, JSON_SCHEMA as ObjectSchema);
  return Object.keys(at?.properties ?? {});
}
