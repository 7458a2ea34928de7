import "./boot/boot-data.ts";

// Grafana's packages read what the line above wrote while they are loaded.
const { startPreview } = await import("./start-preview.tsx");
await startPreview();
