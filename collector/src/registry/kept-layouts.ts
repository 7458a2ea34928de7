import type { OlderLayout } from "@sockscope/catalog";
import type { FamilyDeclaration } from "./family.ts";

/** A metric, and after it a histogram for each older layout that stays one of its own. */
export function withKeptLayouts(declaration: FamilyDeclaration): FamilyDeclaration[] {
  const { olderLayouts = [] } = declaration;
  return [declaration, ...olderLayouts.flatMap((older) => keptLayout(declaration, older))];
}

function keptLayout(
  { metric, help, impossible }: FamilyDeclaration,
  { layout, keptAs }: OlderLayout,
): FamilyDeclaration[] {
  if (keptAs === undefined || !("layout" in metric)) return [];
  return [
    {
      metric: { ...metric, name: keptAs, layout },
      help: `${help} Only what pages report in the older bucket layout ${layout.id}; ${metric.name} has the rest.`,
      ...(impossible && { impossible }),
    },
  ];
}
