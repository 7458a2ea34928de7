import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // `main.tsx` waits for its configuration at the top level.
  build: { target: "es2022", emptyOutDir: true },
});
