// @ts-check
/**
 * A stand-in for Grafana, where its image cannot be had. It is no Grafana: it reads what is provisioned from where Grafana reads it,
 * as the user that Grafana runs as, and answers the three requests that the test makes. Whether Grafana understands what it reads
 * is for the schema of its documentation to say.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";

const PROVISIONING = "/etc/grafana/provisioning";

/** @param {string} folder */
const textsIn = (folder) =>
  readdirSync(`${PROVISIONING}/${folder}`).map((name) =>
    readFileSync(`${PROVISIONING}/${folder}/${name}`, "utf8"),
  );

/** @param {string[]} texts @param {RegExp} pattern @returns {string[]} */
const valuesIn = (texts, pattern) =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, value = ""]) => value));

const dataSources = textsIn("datasources");
const [dataSource = ""] = valuesIn(dataSources, /^\s+url: (\S+)$/gm);
const [uid = ""] = valuesIn(dataSources, /^\s+uid: (\S+)$/gm);
const dashboards = valuesIn(textsIn("dashboards"), /^\s+path: (\S+)$/gm).flatMap((folder) =>
  readdirSync(folder).map((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"))),
);
// Its database is there.
writeFileSync("/var/lib/grafana/stand-in", "written");

/** @param {string} path @returns {Promise<[status: number, body: unknown]>} */
async function answer(path) {
  if (path === "/api/health") return [200, { database: "ok", standIn: true }];
  if (path.startsWith("/api/search"))
    return [200, dashboards.map((dashboard) => ({ uid: dashboard.uid, title: dashboard.title }))];
  const proxied = path.split(`/api/datasources/proxy/uid/${uid}`)[1];
  if (proxied === undefined) return [404, { message: "a stand-in for Grafana does not know this" }];
  const response = await fetch(dataSource + proxied);
  return [response.status, await response.json()];
}

const server = createServer(async (request, response) => {
  const failed = (/** @type {unknown} */ error) => /** @type {const} */ ([502, { message: String(error) }]);
  const [status, body] = await answer(request.url ?? "").catch(failed);
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
});
server.listen(3000, () => process.stdout.write("A stand-in for Grafana listens.\n"));
process.once("SIGTERM", () => process.exit(0));
