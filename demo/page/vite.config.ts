import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    // Beside the compiler's declarations, so that emptying it takes none of them away.
    outDir: "dist/site",
    emptyOutDir: true,
    // `main.tsx` waits for its configuration at the top level.
    target: "es2022",
  },
});
