import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const PAGES = fileURLToPath(new URL("../pages/", import.meta.url));

/** Where each React is installed that the hook is for. */
const REACTS = {
  18: createRequire(new URL("../../older-react/package.json", import.meta.url)),
  19: createRequire(import.meta.url),
};

/** A version of React. */
export type ReactVersion = keyof typeof REACTS;

/** The script of `e2e/pages/react-chat.ts`, in a development build of this React, which says what it does not like. */
export async function bundleReactPage(version: ReactVersion): Promise<string> {
  const folder = (name: string): string => dirname(REACTS[version].resolve(`${name}/package.json`));
  const { outputFiles } = await build({
    entryPoints: [`${PAGES}react-chat.ts`],
    bundle: true,
    format: "iife",
    write: false,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"development"' },
    alias: {
      react: folder("react"),
      "react-dom/server": `${folder("react-dom")}/server.browser.js`,
      "react-dom": folder("react-dom"),
    },
  });
  return outputFiles[0]?.text ?? "";
}
