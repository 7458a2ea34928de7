import "./boot/boot-data.ts";
import { askEarly } from "./dashboards/dashboard-files.ts";
import { readManifest, shownDashboard } from "./manifest.ts";

// Asked for at once: the packages take their time.
const manifest = readManifest();
const asked = manifest.then((known) => askEarly(shownDashboard(known, location.pathname)));
// Grafana's packages read what the first line wrote while they are loaded.
const { startPreview } = await import("./start-preview.tsx");
await asked;
startPreview(await manifest);
