import type { PanelMenuItem } from "@grafana/data";
import { locationService } from "@grafana/runtime";
import { VizPanelMenu } from "@grafana/scenes";
import type { PanelJson } from "./dashboard-json.ts";

function itemsOf({ id = 0, targets = [] }: PanelJson): PanelMenuItem[] {
  const isAlone = new URLSearchParams(location.search).has("viewPanel");
  const view: PanelMenuItem = isAlone
    ? {
        text: "Back to the dashboard",
        iconClassName: "arrow-left",
        onClick: () => locationService.partial({ viewPanel: null }),
      }
    : { text: "View", iconClassName: "eye", onClick: () => locationService.partial({ viewPanel: id }) };
  const queries = targets.map(({ expr }) => expr).join("\n\n");
  if (queries === "") return [view];
  return [
    view,
    {
      text: "Copy the query",
      iconClassName: "copy",
      onClick: () => void navigator.clipboard.writeText(queries),
    },
  ];
}

/** What can be done with a panel: see it alone, take its queries elsewhere. */
export function panelMenu(panel: PanelJson): VizPanelMenu {
  const menu = new VizPanelMenu({});
  // Whether the panel is alone is known once the menu opens.
  menu.addActivationHandler(() => menu.setItems(itemsOf(panel)));
  return menu;
}
