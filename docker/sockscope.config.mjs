// @ts-check
import { readFileSync } from "node:fs";

/** The demo's own words; the collector of docker-compose.yml reads the same file. */
const { $schema: _editorsOnly, ...demo } = JSON.parse(
  readFileSync(new URL("../demo/sockscope.config.json", import.meta.url), "utf8"),
);

/**
 * The demo as docker-compose.yml runs it: links for a browser on this machine, other addresses as containers call each other.
 *
 * @type {import("../config/dist/index.js").ConfigInput}
 */
export default {
  ...demo,
  links: {
    runbooks: "http://127.0.0.1:8000/runbooks",
    grafana: "http://127.0.0.1:3000",
    prometheus: "http://prometheus:9090",
  },
  // Nobody is woken up by a demo: the chat server writes what it is told into its log.
  receivers: { page: { webhook: { url: "http://chat:8001/alerts" } } },
  scrape: { interval: "5s", collectors: ["collector:4391"], servers: ["chat:8001"] },
};
