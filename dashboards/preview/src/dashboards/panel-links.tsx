import {
  type SceneComponentProps,
  SceneObjectBase,
  type SceneObjectState,
  sceneGraph,
} from "@grafana/scenes";
import { Icon, PanelChrome } from "@grafana/ui";
import type { ReactElement } from "react";
import type { DashboardLink } from "./dashboard-json.ts";
import { withTakenAlong } from "./link-address.ts";

interface PanelLinksState extends SceneObjectState {
  readonly links: readonly DashboardLink[];
}

function PanelLinksRenderer({ model }: SceneComponentProps<PanelLinks>): ReactElement {
  return (
    <>
      {model.state.links.map((link) => (
        <PanelChrome.TitleItem
          key={`${link.title} ${link.url}`}
          href={withTakenAlong(sceneGraph.interpolate(model, link.url ?? ""), location.search, link)}
          title={link.title ?? ""}
          {...(link.targetBlank === true ? { target: "_blank" } : {})}
        >
          <Icon name="external-link-alt" size="md" />
        </PanelChrome.TitleItem>
      ))}
    </>
  );
}

/** The links of a panel, beside its title. */
export class PanelLinks extends SceneObjectBase<PanelLinksState> {
  static readonly Component = PanelLinksRenderer;
}
