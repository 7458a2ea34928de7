import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { closeCodesPage } from "@sockscope/runbooks";
import { configurationPage, configurationSchema } from "./configuration-page.ts";
import { asyncApi } from "./contract/asyncapi.ts";
import { contractPage } from "./contract/contract-page.ts";
import { framesSchema } from "./contract/frames-schema.ts";
import { errorsPage } from "./errors-page.ts";
import { README_EXAMPLES, SDK_EXAMPLES, SERVER_EXAMPLES, withExamples } from "./example-sections.ts";
import { explanationsFile } from "./explanations.ts";
import { faultsPage } from "./faults-page.ts";
import { followOneMetricSection } from "./follow-one-metric.ts";
import { metricsPage } from "./metrics-page.ts";
import { openTelemetryPage } from "./opentelemetry-page.ts";
import { examplesSection, refusalsSection } from "./protocol-sections.ts";
import { pythonCatalogFile } from "./python-catalog.ts";
import { readSource } from "./root.ts";
import { sdkApiSection, startOptionsSection } from "./sdk-api.ts";
import { replaceSection } from "./section.ts";
import { sizesSection } from "./sizes-section.ts";
import { socketBehaviourPage } from "./socket-behaviour-page.ts";
import { targetsPage } from "./targets-page.ts";

/** The generated pages and the generated sections of written ones: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  const readme = [
    ["follow-one-metric", followOneMetricSection()],
    ["sizes", sizesSection()],
    ["start-options", startOptionsSection()],
  ].reduce((page, [name = "", content = ""]) => replaceSection(page, name, content), readSource("README.md"));
  const protocol = replaceSection(readSource("PROTOCOL.md"), "refusals", refusalsSection());
  const sdk = replaceSection(readSource("sdk/README.md"), "api", sdkApiSection());
  return new Map([
    ["docs/METRICS.md", metricsPage()],
    ["docs/OPENTELEMETRY.md", openTelemetryPage()],
    ["docs/SOCKET_BEHAVIOUR.md", socketBehaviourPage()],
    ["docs/API_CONTRACTS.md", contractPage()],
    ["docs/frames.schema.json", framesSchema()],
    ["docs/asyncapi.yaml", asyncApi()],
    ["docs/TARGETS.md", targetsPage()],
    ["docs/CLOSE_CODES.md", closeCodesPage(DEFAULT_CATALOG)],
    ["docs/ERRORS.md", errorsPage()],
    ["docs/FAULTS.md", faultsPage()],
    ["docs/CONFIGURATION.md", configurationPage()],
    ["config/generated/sockscope.config.schema.json", configurationSchema()],
    ["cli/src/generated/explanations.ts", explanationsFile()],
    ["integrations/django-channels/sockscope_channels/generated/catalog.py", pythonCatalogFile()],
    ["PROTOCOL.md", replaceSection(protocol, "examples", examplesSection())],
    ["README.md", withExamples(readme, README_EXAMPLES)],
    ["sdk/README.md", withExamples(sdk, SDK_EXAMPLES)],
    ["server/README.md", withExamples(readSource("server/README.md"), SERVER_EXAMPLES)],
  ]);
}
