import { getThemeById, ThemeContext } from "@grafana/data";
import { config, LocationServiceProvider, locationService } from "@grafana/runtime";
import { GlobalStyles } from "@grafana/ui";
import { type ReactElement, useCallback, useEffect, useMemo, useState } from "react";
import { Navigate, Route, Routes, useLocation } from "react-router-dom";
import { AlertsPage } from "../alerts/alerts-page.tsx";
import { currentTheme, onSystemTheme, rememberTheme, type ThemeName } from "../boot/theme-choice.ts";
import { DashboardPage } from "../dashboards/dashboard-page.tsx";
import { firstDashboard, type Manifest } from "../manifest.ts";
import { RunbookPage } from "../runbooks/runbook-page.tsx";
import { GrafanaRouter } from "./grafana-router.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { Shell } from "./shell.tsx";

/** Grafana's packages look a theme up here, outside of React. */
function useGrafanaTheme(name: ThemeName): ReturnType<typeof getThemeById> {
  return useMemo(() => {
    const theme = getThemeById(name);
    config.theme2 = theme;
    config.theme = theme.v1;
    document.documentElement.style.colorScheme = name;
    return theme;
  }, [name]);
}

function Home({ manifest }: { readonly manifest: Manifest }): ReactElement {
  const { search } = useLocation();
  const first = firstDashboard(manifest);
  if (first === undefined) return <NothingHere message="There is no dashboard to show." />;
  return <Navigate to={`/d/${first.uid}${search}`} replace />;
}

/** Every page of the preview. */
export function App({ manifest }: { readonly manifest: Manifest }): ReactElement {
  const [themeName, setThemeName] = useState(currentTheme);
  const theme = useGrafanaTheme(themeName);
  useEffect(() => onSystemTheme(() => setThemeName(currentTheme())), []);
  const switchTheme = useCallback((name: ThemeName) => {
    rememberTheme(name);
    locationService.partial({ theme: null }, true);
    setThemeName(name);
  }, []);
  return (
    <ThemeContext.Provider value={theme}>
      <LocationServiceProvider service={locationService}>
        <GlobalStyles />
        <GrafanaRouter history={locationService.getHistory()}>
          {/* Charts read colours once: another theme draws all of them anew. */}
          <Shell key={themeName} manifest={manifest} themeName={themeName} switchTheme={switchTheme}>
            <Routes>
              <Route path="/" element={<Home manifest={manifest} />} />
              <Route path="/d/:uid/:slug?" element={<DashboardPage />} />
              <Route path="/alerts" element={<AlertsPage />} />
              <Route path="/runbooks/:file" element={<RunbookPage />} />
              <Route path="*" element={<NothingHere message="There is no such page." />} />
            </Routes>
          </Shell>
        </GrafanaRouter>
      </LocationServiceProvider>
    </ThemeContext.Provider>
  );
}
