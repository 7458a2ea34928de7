import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compareCosts, type Measurement } from "./measurement.ts";
import { peer } from "./peer.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** What a page loads for `start` of the package as others get it, next to all of web-vitals. */
export async function sdkSizeCore(report: (measurement: Measurement) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sockscope-bench-"));
  try {
    await run(process.execPath, [`${ROOT}scripts/pack.mjs`, "--out", folder, "sdk"], { cwd: ROOT });
    const [tarball = ""] = readdirSync(folder);
    await run("tar", ["-xzf", tarball], { cwd: folder });
    report(
      compareCosts({
        bench: "sdk-size-core",
        value: await compressedSize('export { start } from "./package/dist/index.js";', folder),
        unit: "B minified and gzipped",
        peer: peer("web-vitals"),
        peerValue: await compressedSize(
          'export * from "web-vitals";',
          fileURLToPath(new URL(".", import.meta.url)),
        ),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compressedSize(contents: string, resolveDir: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).byteLength;
}
