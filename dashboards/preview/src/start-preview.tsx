import "uplot/dist/uPlot.min.css";
import { createRoot } from "react-dom/client";
import { fillRegistries } from "./boot/registries.ts";
import { startServices } from "./boot/services.ts";
import type { Manifest } from "./manifest.ts";
import { registerPanels } from "./panels/index.ts";
import { App } from "./shell/app.tsx";

/** Starts what Grafana's packages need, and shows the page that the address says. */
export function startPreview(manifest: Manifest): void {
  fillRegistries();
  startServices(manifest.timeInterval);
  registerPanels();
  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no element with the id root.");
  createRoot(root).render(<App manifest={manifest} />);
}
