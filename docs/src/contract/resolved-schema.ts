import { FRAME_DEFINITIONS, type JsonSchema } from "@sockscope/catalog";

const DEFINITIONS: Readonly<Record<string, JsonSchema>> = FRAME_DEFINITIONS;

/**
 * A schema with what it refers to in its place; what stands beside a reference goes before the definition's own. For readers
 * that cannot follow references, or not with something beside them.
 */
export function resolvedSchema({ $ref, ...own }: JsonSchema): JsonSchema {
  const { title: _ofDefinition, ...defined } = DEFINITIONS[$ref?.replace("#/$defs/", "") ?? ""] ?? {};
  const schema: JsonSchema = { ...defined, ...own };
  const { properties, items } = schema;
  return {
    ...schema,
    ...(properties && { properties: resolvedProperties(properties) }),
    ...(items && { items: resolvedSchema(items) }),
  };
}

function resolvedProperties(
  properties: NonNullable<JsonSchema["properties"]>,
): NonNullable<JsonSchema["properties"]> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, resolvedSchema(property)]),
  );
}
