import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const packages = createRequire(import.meta.url);

/** @returns the folder of an installed package */
function folderOf(name: string): string {
  return dirname(packages.resolve(`${name}/package.json`));
}

/** Where Grafana's styles and icons look for files that a Grafana serves, and which packages have them. */
function grafanaFiles(outDir: string): Plugin {
  const at = `${outDir}/grafana`;
  return {
    name: "files that a Grafana serves",
    closeBundle() {
      cpSync(`${folderOf("@grafana/ui")}/dist/public/img/icons`, `${at}/build/img/icons`, {
        recursive: true,
      });
      const inter = `${folderOf("inter-ui")}/web-latin`;
      for (const face of ["Regular", "Medium", "Italic", "MediumItalic"])
        cpSync(`${inter}/Inter-${face}-subset.woff2`, `${at}/fonts/inter/Inter-${face}.woff2`);
      const mono = `${folderOf("@fontsource/roboto-mono")}/files/roboto-mono-latin-400-normal.woff2`;
      cpSync(mono, `${at}/fonts/roboto/L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2`);
    },
  };
}

const OUT_DIR = process.env["PREVIEW_OUT_DIR"] ?? "dist";

export default defineConfig({
  plugins: [react(), grafanaFiles(OUT_DIR)],
  // Grafana's packages ask for the older name of what is installed.
  resolve: { alias: { "react-router-dom-v5-compat": "react-router-dom" } },
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    outDir: OUT_DIR,
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 20_000,
    reportCompressedSize: false,
  },
});
