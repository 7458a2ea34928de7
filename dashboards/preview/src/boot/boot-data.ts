import { currentTheme } from "./theme-choice.ts";

/** What a Grafana writes into its page; its packages read it as they are loaded, so this comes before all of them. */
interface GrafanaWindow {
  grafanaBootData?: object;
  __grafana_public_path__?: string;
  __zod_globalConfig?: object;
}

const page = window as GrafanaWindow;

page.grafanaBootData = {
  settings: {
    appSubUrl: "",
    appUrl: `${location.origin}/`,
    buildInfo: { version: "13.2.2", commit: "", env: "production" },
    featureToggles: {},
    minRefreshInterval: "1s",
  },
  user: {
    id: 1,
    orgId: 1,
    login: "preview",
    timezone: "browser",
    weekStart: "monday",
    theme: currentTheme(),
  },
  assets: {},
  navTree: [],
};
page.__grafana_public_path__ = "/grafana/";
// Otherwise it tries whether it may compile code, which the page's policy forbids and the console then tells.
page.__zod_globalConfig = { jitless: true };
