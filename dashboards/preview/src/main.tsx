import "./boot/boot-data.ts";
import { readManifest } from "./manifest.ts";

// Asked for at once: the packages take their time.
const manifest = readManifest();
// Grafana's packages read what the first line wrote while they are loaded.
const { startPreview } = await import("./start-preview.tsx");
startPreview(await manifest);
