import { SceneGridItem, type SceneGridItemLike, SceneGridLayout, SceneGridRow } from "@grafana/scenes";
import type { PanelJson } from "./dashboard-json.ts";
import { vizPanelOf } from "./panels.ts";

const ROW = "row";
const ANYWHERE = { x: 0, y: 0, w: 12, h: 8 };

function itemOf(panel: PanelJson): SceneGridItem {
  const { x, y, w, h } = panel.gridPos ?? ANYWHERE;
  return new SceneGridItem({
    x,
    y,
    width: w,
    height: h,
    isDraggable: false,
    isResizable: false,
    body: vizPanelOf(panel),
  });
}

function rowOf(row: PanelJson, below: readonly PanelJson[]): SceneGridRow {
  return new SceneGridRow({
    key: `row-${row.id ?? row.title}`,
    title: row.title ?? "",
    y: row.gridPos?.y ?? 0,
    isCollapsible: true,
    isCollapsed: row.collapsed ?? false,
    children: below.map(itemOf),
  });
}

/** Panels in their order, those below a row within it. A collapsed row has its own; an open one all up to the next. */
function gridItems(panels: readonly PanelJson[]): SceneGridItemLike[] {
  const items: SceneGridItemLike[] = [];
  let open: { row: PanelJson; below: PanelJson[] } | undefined;
  const close = (): void => {
    if (open !== undefined) items.push(rowOf(open.row, open.below));
    open = undefined;
  };
  for (const panel of panels) {
    if (panel.type === ROW) {
      close();
      if (panel.collapsed === true) items.push(rowOf(panel, panel.panels ?? []));
      else open = { row: panel, below: [] };
    } else if (open === undefined) items.push(itemOf(panel));
    else open.below.push(panel);
  }
  close();
  return items;
}

/** The panels of a dashboard where it has them. */
export function gridOf(panels: readonly PanelJson[]): SceneGridLayout {
  return new SceneGridLayout({
    isDraggable: false,
    isResizable: false,
    // As Grafana does: what nobody sees is not asked for.
    isLazy: true,
    children: gridItems(panels),
  });
}

/** Every panel, also those within collapsed rows, without the rows. */
export function allPanels(panels: readonly PanelJson[]): PanelJson[] {
  return panels.flatMap((panel) => (panel.type === ROW ? allPanels(panel.panels ?? []) : [panel]));
}
