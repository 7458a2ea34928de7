import type { PromqlNode } from "./node.ts";

/** The parts that a node is made of, as they are read. */
export function partsOf(node: PromqlNode): readonly PromqlNode[] {
  switch (node.kind) {
    case "aggregation":
    case "subquery":
      return [node.of];
    case "binary":
      return [node.left, node.right];
    case "call":
      return node.args;
    case "number":
    case "string":
    case "selector":
      return [];
  }
}

/**
 * The series that a node is about, when it is about one: of a division what is divided, of a condition what is compared, of one
 * minus a share the share.
 */
export function firstName(node: PromqlNode): string | undefined {
  if (node.kind === "selector") return node.name;
  return partsOf(node)
    .map(firstName)
    .find((name) => name !== undefined);
}
