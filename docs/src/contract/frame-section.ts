import type { FrameSchema, JsonSchema } from "@sockscope/catalog";
import { table } from "../table.ts";
import { resolvedSchema } from "./resolved-schema.ts";

/** A frame in the contract: what it is for, its fields, and one as it travels. */
export function frameSection(event: string, schema: FrameSchema): string {
  return [
    `### \`${event}\``,
    schema.description,
    table(["field", "type", "required", "meaning"], fieldRows(resolvedSchema(schema))),
    ...schema.examples.map((example) => `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``),
  ].join("\n\n");
}

/** A row for each field, those of the objects in it behind it. */
function fieldRows({ properties = {}, required = [] }: JsonSchema, within = ""): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => [
    [
      `\`${within}${name}\``,
      typeText(field),
      required.includes(name) ? "yes" : "no",
      field.description ?? "Tells which frame it is.",
    ],
    ...fieldRows(field, `${within}${name}.`),
    ...fieldRows(field.items ?? {}, `${within}${name}[].`),
  ]);
}

function typeText({ type, const: only, enum: values, items, ...limits }: JsonSchema): string {
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (values !== undefined) return values.map((value) => `\`${JSON.stringify(value)}\``).join(", ");
  if (items !== undefined) return `array of ${items.type ?? "any"}s`;
  return [[type ?? []].flat().join(" or "), ...limitTexts(limits)].join(", ");
}

function limitTexts({ minLength, maxLength, minimum, exclusiveMinimum, pattern }: JsonSchema): string[] {
  return [
    maxLength === undefined ? "" : `${minLength ?? 0} to ${maxLength} characters`,
    minimum === undefined ? "" : `from ${minimum}`,
    exclusiveMinimum === undefined ? "" : `above ${exclusiveMinimum}`,
    pattern === undefined ? "" : `\`${pattern}\``,
  ].filter((text) => text !== "");
}
