// @ts-check
import { cpSync, existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureNode } from "../setup/other-node.mjs";
import { STATE } from "../setup/paths.mjs";
import { run, SetupError } from "../setup/progress.mjs";

/** @typedef {import("./docker.mjs").Docker} Docker */

const RECIPES = fileURLToPath(new URL("stand-ins", import.meta.url));
const BASE = "sockscope-stand-in:debian";
const SUITE = "bookworm";
const MIRROR = "http://deb.debian.org/debian";
/** The certificates that this machine trusts: a company's own may be among them. */
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";

/** As Debian's slim images have it: no syncs, which nobody needs in an image, and no pages for people. */
const DPKG_OPTIONS = `force-unsafe-io
path-exclude /usr/share/doc/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
`;

/** Which stand-in is built under which image's name. @type {[stage: string, image: RegExp][]} */
const STAND_INS = [
  ["node", /^node:24\.[\d.]+-bookworm-slim$/],
  ["prometheus", /^prom\/prometheus:/],
  ["alertmanager", /^prom\/alertmanager:/],
  ["grafana", /^grafana\/grafana:/],
];

/**
 * What `debian:bookworm-slim` is, made here unless it is there of another run.
 *
 * @param {Docker} docker
 * @param {string} folder for what is made on the way
 */
export async function importDebian({ docker, env, signal }, folder) {
  const isThere = await run(docker, ["image", "inspect", BASE], { env }).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const root = `${folder}/debian`;
  rmSync(root, { recursive: true, force: true });
  await run("debootstrap", ["--variant=minbase", SUITE, root, MIRROR], { signal });
  writeFileSync(`${root}/etc/dpkg/dpkg.cfg.d/slim`, DPKG_OPTIONS);
  await run("sh", ["-c", `tar -C '${root}' -c . | '${docker}' import - ${BASE}`], { env, signal });
  rmSync(root, { recursive: true });
}

/** Everything that the recipes copy. @param {string} folder */
async function context(folder) {
  mkdirSync(folder, { recursive: true });
  cpSync(RECIPES, folder, { recursive: true });
  cpSync(await ensureNode("24"), `${folder}/bin`, { recursive: true, dereference: true });
  const npm = (await run("npm", ["root", "--global"])).trim();
  cpSync(realpathSync(`${npm}/npm`), `${folder}/npm`, { recursive: true });
  if (!existsSync(CERTIFICATES))
    throw new SetupError(`${CERTIFICATES} is missing; install the package ca-certificates.`);
  cpSync(CERTIFICATES, `${folder}/ca-certificates.crt`);
  const registry = (await run("npm", ["config", "get", "registry"])).trim();
  writeFileSync(`${folder}/npmrc`, `registry=${registry}\ncafile=${CERTIFICATES}\n`);
}

/**
 * Builds a stand-in for every image, under the image's own name. Only ever on an engine that is the test's own.
 *
 * @param {Docker} docker
 * @param {readonly string[]} images
 */
export async function buildStandIns({ docker, env, signal }, images) {
  const folder = `${STATE}/compose/stand-ins`;
  await context(folder);
  for (const image of images) {
    const [stage] = STAND_INS.find(([, pattern]) => pattern.test(image)) ?? [];
    if (stage === undefined)
      throw new SetupError(
        `Nothing stands in for ${image}; add a stage to scripts/compose/stand-ins/Dockerfile.`,
      );
    await run(docker, ["build", "--quiet", "--network", "host", "--target", stage, "--tag", image, folder], {
      env,
      signal,
    });
  }
  rmSync(folder, { recursive: true });
}
