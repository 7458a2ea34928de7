/** What a deployment adds to the catalog: read from a file, checked, and joined with the product's own. */
export { catalogOf, symbolOf } from "./catalog-of.ts";
export { checkConfig } from "./check-config.ts";
export { ConfigError, type Mistake } from "./config-error.ts";
export { OPSGENIE_ENDS, URL_FILE_SINCE } from "./declaration/receivers.ts";
export { DEFAULT_SCRAPE_INTERVAL } from "./declaration/scrape-interval.ts";
export type { Config, ConfigInput } from "./declaration.ts";
export { JSON_SCHEMA } from "./json-schema.ts";
export { nearestName } from "./nearest-name.ts";
export { pageModule } from "./page-module.ts";
export { defineConfig, readConfig } from "./read-config.ts";
