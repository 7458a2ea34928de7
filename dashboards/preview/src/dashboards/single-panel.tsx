import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { locationService } from "@grafana/runtime";
import {
  type SceneComponentProps,
  SceneObjectBase,
  type SceneObjectState,
  type VizPanel,
} from "@grafana/scenes";
import { Button, EmptyState, useStyles2 } from "@grafana/ui";
import type { ReactElement } from "react";
import type { PanelJson } from "./dashboard-json.ts";
import { allPanels } from "./layout.ts";
import { vizPanelOf } from "./panels.ts";

interface SinglePanelState extends SceneObjectState {
  readonly id: number;
  /** Undefined when the dashboard has none of this id. */
  readonly panel: VizPanel | undefined;
}

function backToDashboard(): void {
  locationService.partial({ viewPanel: null });
}

function SinglePanelRenderer({ model }: SceneComponentProps<SinglePanel>): ReactElement {
  const { id, panel } = model.useState();
  const styles = useStyles2(stylesOf);
  return (
    <div className={styles.room}>
      <Button
        variant="secondary"
        fill="text"
        icon="arrow-left"
        onClick={backToDashboard}
        className={styles.back}
      >
        Back to the dashboard
      </Button>
      {panel === undefined ? (
        <EmptyState variant="not-found" message={`This dashboard has no panel ${id}.`} hideImage />
      ) : (
        <div className={styles.panel}>
          <panel.Component model={panel} />
        </div>
      )}
    </div>
  );
}

/** One panel alone, as large as the window lets it be. */
export class SinglePanel extends SceneObjectBase<SinglePanelState> {
  static readonly Component = SinglePanelRenderer;

  constructor(panels: readonly PanelJson[], id: number) {
    const panel = allPanels(panels).find((one) => one.id === id);
    super({ id, panel: panel === undefined ? undefined : vizPanelOf(panel) });
  }
}

function stylesOf(theme: GrafanaTheme2): Record<"room" | "back" | "panel", string> {
  return {
    room: css({ flex: 1, minWidth: 0, display: "flex", flexDirection: "column", gap: theme.spacing(1) }),
    back: css({ alignSelf: "flex-start", marginLeft: theme.spacing(-1) }),
    panel: css({ position: "relative", height: "max(320px, calc(100vh - 190px))" }),
  };
}
