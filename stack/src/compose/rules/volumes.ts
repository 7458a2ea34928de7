import { type ComposeRule, ofServices, type Service } from "../compose-file.ts";

interface Mount {
  readonly source: string;
  readonly target: string;
  readonly mode: string;
}

function mountsOf({ volumes = [] }: Service): Mount[] {
  return volumes.map((text) => {
    const [source = "", target = "", mode = "rw"] = text.split(":");
    return { source, target, mode };
  });
}

const isOfRepository = ({ source }: Mount): boolean => source.startsWith(".") || source.startsWith("/");

/** A file that is not there would become an empty folder of root's, and its service would read that. */
export const mountsExist: ComposeRule = ofServices((service, name, { read }) =>
  mountsOf(service)
    .filter(isOfRepository)
    .flatMap(({ source, mode }) => {
      if (!source.startsWith("./")) return [`${name} mounts ${source}; mount what is in the repository.`];
      if (read(source) === undefined) return [`${name} mounts ${source}, which is not in the repository.`];
      return mode === "ro" ? [] : [`${name} could write ${source}; mount it with :ro.`];
    }),
);

/** What is kept is kept under a name that is declared, and nothing is declared that nobody keeps. */
export const volumesAreDeclaredAndUsed: ComposeRule = ({ compose }) => {
  const declared = Object.keys(compose.volumes ?? {});
  const used = Object.entries(compose.services).flatMap(([name, service]) =>
    mountsOf(service)
      .filter((mount) => !isOfRepository(mount))
      .map(({ source }) => ({ name, source })),
  );
  return [
    ...used
      .filter(({ source }) => !declared.includes(source))
      .map(({ name, source }) => `${name} keeps ${source}, which is not declared under volumes.`),
    ...declared
      .filter((volume) => !used.some(({ source }) => source === volume))
      .map((volume) => `The volume ${volume} is declared, and no service keeps it.`),
  ];
};
