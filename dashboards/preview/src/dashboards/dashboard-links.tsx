import { type IconName, isIconName, textUtil } from "@grafana/data";
import { LinkButton } from "@grafana/ui";
import type { ReactElement } from "react";
import { useLocation } from "react-router-dom";
import type { DashboardJson, DashboardLink } from "./dashboard-json.ts";
import { withTakenAlong } from "./link-address.ts";

/** Dashboards use older names of some icons. */
function iconOf({ icon }: DashboardLink): IconName {
  return icon !== undefined && isIconName(icon) ? icon : "external-link-alt";
}

/**
 * The links that a dashboard has of its own, but for those to other dashboards: Grafana has nothing else that leads there, and
 * here every dashboard has a tab, which takes the same along.
 */
export function DashboardLinks({ json }: { readonly json: DashboardJson }): ReactElement {
  const { search } = useLocation();
  return (
    <>
      {(json.links ?? [])
        .filter(({ type }) => type !== "dashboards")
        .map((link) => (
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
        ))}
    </>
  );
}
