import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import {
  behaviors,
  type SceneComponentProps,
  type SceneObject,
  SceneObjectBase,
  type SceneObjectState,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  VariableValueSelectors,
} from "@grafana/scenes";
import { useStyles2 } from "@grafana/ui";
import type { ReactElement } from "react";
import { AnnotationSwitches } from "./annotation-switches.tsx";
import { annotationLayers } from "./annotations.ts";
import { DashboardHeading } from "./dashboard-heading.tsx";
import type { DashboardJson } from "./dashboard-json.ts";
import { DashboardLinks } from "./dashboard-links.tsx";
import { gridOf } from "./layout.ts";
import { SinglePanel } from "./single-panel.tsx";
import { variablesOf } from "./variables.ts";

interface DashboardSceneState extends SceneObjectState {
  readonly json: DashboardJson;
  /** What chooses what is seen. */
  readonly choices: SceneObject[];
  /** What chooses when. */
  readonly times: SceneObject[];
  readonly body: SceneObject;
}

const REFRESH_INTERVALS = ["1s", "5s", "10s", "30s", "1m", "5m", "15m"];

function DashboardRenderer({ model }: SceneComponentProps<DashboardScene>): ReactElement {
  const { json, choices, times, body } = model.useState();
  const styles = useStyles2(stylesOf);
  return (
    <>
      <div className={styles.controls}>
        <div className={styles.group}>
          <DashboardHeading json={json} />
          {choices.map((control) => (
            <control.Component key={control.state.key} model={control} />
          ))}
        </div>
        <div className={styles.group}>
          <DashboardLinks json={json} />
          {times.map((control) => (
            <control.Component key={control.state.key} model={control} />
          ))}
        </div>
      </div>
      <div className={styles.body}>
        <body.Component model={body} />
      </div>
    </>
  );
}

/** A dashboard, with everything that its panels look up: the time range, variables, annotations, a shared cursor. */
export class DashboardScene extends SceneObjectBase<DashboardSceneState> {
  static readonly Component = DashboardRenderer;

  /** @param viewPanel the id of the only panel to show */
  constructor(json: DashboardJson, viewPanel: number | undefined) {
    const {
      time = { from: "now-1h", to: "now" },
      timezone = "",
      refresh = "",
      panels = [],
      graphTooltip = 0,
    } = json;
    const layers = annotationLayers(json);
    super({
      json,
      $timeRange: new SceneTimeRange({ ...time, ...(timezone === "" ? {} : { timeZone: timezone }) }),
      $variables: variablesOf(json.templating?.list ?? []),
      $behaviors: [
        new behaviors.CursorSync({ key: "cursor", sync: graphTooltip }),
        new behaviors.SceneQueryController(),
      ],
      ...(layers === undefined ? {} : { $data: layers }),
      choices: [
        new VariableValueSelectors({}),
        ...(layers === undefined ? [] : [new AnnotationSwitches({})]),
      ],
      times: [
        new SceneTimePicker({ isOnCanvas: true }),
        new SceneRefreshPicker({
          refresh,
          intervals: [...(json.timepicker?.refresh_intervals ?? REFRESH_INTERVALS)],
          isOnCanvas: true,
        }),
      ],
      body: viewPanel === undefined ? gridOf(panels) : new SinglePanel(panels, viewPanel),
    });
  }
}

function stylesOf(theme: GrafanaTheme2): Record<"controls" | "group" | "body", string> {
  const group = { display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(1) } as const;
  return {
    controls: css({
      display: "flex",
      flexWrap: "wrap",
      justifyContent: "space-between",
      gap: theme.spacing(1),
      padding: theme.spacing(1, 0),
      [theme.breakpoints.up("md")]: {
        position: "sticky",
        top: 0,
        zIndex: theme.zIndex.activePanel + 1,
        background: theme.colors.background.canvas,
      },
    }),
    group: css(group),
    body: css({ display: "flex", minWidth: 0, paddingBottom: theme.spacing(2) }),
  };
}
