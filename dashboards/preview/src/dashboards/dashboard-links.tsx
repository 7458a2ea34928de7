import { type IconName, isIconName, textUtil } from "@grafana/data";
import { Button, Dropdown, Icon, LinkButton, Menu } from "@grafana/ui";
import type { ReactElement } from "react";
import { useLocation } from "react-router-dom";
import { type Manifest, shortTitle } from "../manifest.ts";
import type { DashboardJson, DashboardLink } from "./dashboard-json.ts";
import { withTakenAlong } from "./link-address.ts";

interface Target {
  readonly uid: string;
  readonly title: string;
  readonly href: string;
}

/** Dashboards use older names of some icons. */
function iconOf({ icon, type }: DashboardLink): IconName {
  if (icon !== undefined && isIconName(icon)) return icon;
  return type === "dashboards" ? "apps" : "external-link-alt";
}

/** The dashboards that a link by tags leads to. */
function targetsOf(link: DashboardLink, json: DashboardJson, manifest: Manifest, search: string): Target[] {
  return manifest.dashboards
    .filter(({ uid, tags }) => uid !== json.uid && (link.tags ?? []).every((tag) => tags.includes(tag)))
    .map((entry) => ({
      uid: entry.uid,
      title: shortTitle(entry),
      href: withTakenAlong(`/d/${entry.uid}`, search, link),
    }));
}

function ByTags(props: { readonly link: DashboardLink; readonly targets: readonly Target[] }): ReactElement {
  const { link, targets } = props;
  const menu = (
    <Menu>
      {targets.map(({ uid, title, href }) => (
        <Menu.Item key={uid} label={title} url={href} />
      ))}
    </Menu>
  );
  if (link.asDropdown !== true)
    return (
      <>
        {targets.map(({ uid, title, href }) => (
          <LinkButton key={uid} size="sm" variant="secondary" fill="outline" icon={iconOf(link)} href={href}>
            {title}
          </LinkButton>
        ))}
      </>
    );
  return (
    <Dropdown overlay={menu} placement="bottom-end">
      <Button size="sm" variant="secondary" fill="outline" icon={iconOf(link)}>
        {link.title || "Dashboards"} <Icon name="angle-down" />
      </Button>
    </Dropdown>
  );
}

/** The links that a dashboard has of its own. */
export function DashboardLinks(props: {
  readonly json: DashboardJson;
  readonly manifest: Manifest;
}): ReactElement {
  const { json, manifest } = props;
  const { search } = useLocation();
  return (
    <>
      {(json.links ?? []).map((link) =>
        link.type === "dashboards" ? (
          <ByTags
            key={`${link.title} ${link.tags}`}
            link={link}
            targets={targetsOf(link, json, manifest, search)}
          />
        ) : (
          <LinkButton
            key={`${link.title} ${link.url}`}
            size="sm"
            variant="secondary"
            fill="outline"
            icon={iconOf(link)}
            href={textUtil.sanitizeUrl(withTakenAlong(link.url ?? "", search, link))}
            {...(link.tooltip ? { tooltip: link.tooltip } : {})}
            {...(link.targetBlank === true ? { target: "_blank", rel: "noreferrer" } : {})}
          >
            {link.title}
          </LinkButton>
        ),
      )}
    </>
  );
}
