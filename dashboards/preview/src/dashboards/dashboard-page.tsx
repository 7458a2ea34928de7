import { locationService } from "@grafana/runtime";
import { UrlSyncContextProvider } from "@grafana/scenes";
import { ErrorBoundaryAlert, LoadingPlaceholder } from "@grafana/ui";
import { type ReactElement, useEffect, useMemo, useState } from "react";
import { useLocation, useParams } from "react-router-dom";
import { NothingHere } from "../shell/nothing-here.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import type { DashboardJson } from "./dashboard-json.ts";
import { DashboardScene } from "./dashboard-scene.tsx";

/** Grafana writes `panel-12` into an address of its own, and its alerts write `12`. */
function panelIdIn(search: string): number | undefined {
  const id = /^(?:panel-)?(\d+)$/.exec(new URLSearchParams(search).get("viewPanel") ?? "")?.[1];
  return id === undefined ? undefined : Number(id);
}

function Dashboard({ json }: { readonly json: DashboardJson }): ReactElement {
  const { search } = useLocation();
  const viewPanel = panelIdIn(search);
  const scene = useMemo(() => new DashboardScene(json, viewPanel), [json, viewPanel]);
  usePageTitle(json.title);
  useEffect(() => {
    if (viewPanel === undefined) return;
    const leave = ({ key, defaultPrevented }: KeyboardEvent): void => {
      if (key === "Escape" && !defaultPrevented) locationService.partial({ viewPanel: null });
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [viewPanel]);
  return (
    <UrlSyncContextProvider key={scene.state.key} scene={scene} createBrowserHistorySteps>
      <scene.Component model={scene} />
    </UrlSyncContextProvider>
  );
}

/** A dashboard's JSON; undefined when the server has none of this uid. */
async function readDashboard(uid: string): Promise<DashboardJson | undefined> {
  const response = await fetch(`/api/dashboards/${encodeURIComponent(uid)}`);
  return response.ok ? ((await response.json()) as DashboardJson) : undefined;
}

/** The dashboard that the address names. */
export function DashboardPage(): ReactElement {
  const { uid = "" } = useParams();
  const [json, setJson] = useState<DashboardJson | "missing">();
  useEffect(() => {
    let isOver = false;
    setJson(undefined);
    void readDashboard(uid).then((answer) => {
      if (!isOver) setJson(answer ?? "missing");
    });
    return () => {
      isOver = true;
    };
  }, [uid]);
  if (json === undefined) return <LoadingPlaceholder text="" />;
  if (json === "missing") return <NothingHere message={`There is no dashboard "${uid}".`} />;
  return (
    <ErrorBoundaryAlert dependencies={[json]}>
      <Dashboard json={json} />
    </ErrorBoundaryAlert>
  );
}
