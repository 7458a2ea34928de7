import type { Catalog } from "@sockscope/catalog";
import type { DashboardSpec, Section } from "./dashboard.ts";
import { burn } from "./overview/burn.ts";
import { firing } from "./overview/firing.ts";
import { ofReleases } from "./overview/releases.ts";
import { targets } from "./overview/targets.ts";
import { verdicts } from "./overview/verdicts.ts";

function whichRelease(catalog: Catalog): Section[] {
  const panels = ofReleases(catalog);
  return panels.length === 0 ? [] : [{ heading: { id: 101, title: "Is it a release?" }, panels }];
}

/** Is it us, how bad is it, and what was promised? */
export function overview(catalog: Catalog): DashboardSpec {
  const { shares, counts } = targets(catalog);
  return {
    uid: "sockscope-overview",
    title: "Sockscope / Overview",
    description: "Is it us, how bad is it, and what was promised?",
    variables: [...catalog.environmentLabels, "app"],
    sections: [
      { panels: verdicts(catalog) },
      { heading: { id: 100, title: "What fires, and how many users feel it?" }, panels: firing(catalog) },
      ...whichRelease(catalog),
      {
        heading: { id: 102, title: "Is what was promised kept?" },
        panels: [shares, counts, ...burn(catalog)],
      },
    ],
  };
}
