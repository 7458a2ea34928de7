import { utimesSync } from "node:fs";
import type { Part } from "../part.ts";
import { builtSite } from "../preview/built-site.ts";
import { generatedFolder } from "../preview/generated-folder.ts";
import { startPreviewServer } from "../preview/preview-server.ts";
import type { Upstreams } from "../preview/read-api.ts";

const PART = "dashboards";
const AN_HOUR_MS = 3_600_000;

/** The set-up removes what nobody has used for a day. Returns what ends it. */
function keepMarkedAsUsed(site: string): () => void {
  const mark = (): void => {
    try {
      const now = new Date();
      utimesSync(site, now, now);
    } catch {
      // It is gone or belongs to somebody else; its requests will tell.
    }
  };
  mark();
  const timer = setInterval(mark, AN_HOUR_MS).unref();
  return () => clearInterval(timer);
}

/** The generated dashboards, alerts and runbooks as pages. */
export interface Preview extends Part {
  readonly url: string;
  /** Whether there is more to see than runbooks. */
  readonly isBuilt: boolean;
}

/** Starts the preview of the dashboards, within this process. */
export async function startPreview(
  options: Upstreams & {
    port: number;
    /** With `dashboards` and `runbooks`. */
    generatedDir: string;
    scrapeInterval: string;
    /** Default: the one that the set-up built. null: as if it had built none. */
    site?: string | null;
  },
): Promise<Preview> {
  const { generatedDir, site: chosen = builtSite(), ...others } = options;
  const site = chosen ?? undefined;
  const generated = generatedFolder({
    dashboards: `${generatedDir}/dashboards`,
    runbooks: `${generatedDir}/runbooks`,
  });
  const server = await startPreviewServer({ ...others, site, generated });
  const leave = site === undefined ? () => {} : keepMarkedAsUsed(site);
  const url = `http://127.0.0.1:${options.port}`;
  const count = generated.dashboards().length;
  return {
    name: PART,
    summary:
      site === undefined ? `${url}  runbooks only: the preview is not built` : `${url}  ${count} dashboards`,
    url,
    isBuilt: site !== undefined,
    // It runs within this process.
    died: new Promise(() => {}),
    stop: () =>
      new Promise((resolve) => {
        leave();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
