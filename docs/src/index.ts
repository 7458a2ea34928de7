import { closeCodesPage } from "./close-codes-page.ts";
import { errorsPage } from "./errors-page.ts";
import { followOneMetricSection } from "./follow-one-metric.ts";
import { metricsPage } from "./metrics-page.ts";
import { examplesSection, refusalsSection } from "./protocol-sections.ts";
import { readSource } from "./root.ts";
import { replaceSection } from "./section.ts";

/** The generated pages and the generated sections of written ones: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  const protocol = replaceSection(readSource("PROTOCOL.md"), "refusals", refusalsSection());
  return new Map([
    ["docs/METRICS.md", metricsPage()],
    ["docs/CLOSE_CODES.md", closeCodesPage()],
    ["docs/ERRORS.md", errorsPage()],
    ["PROTOCOL.md", replaceSection(protocol, "examples", examplesSection())],
    ["README.md", replaceSection(readSource("README.md"), "follow-one-metric", followOneMetricSection())],
  ]);
}
