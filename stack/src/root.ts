import { fileURLToPath } from "node:url";

/** The repository's root, with a trailing slash. */
export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

/** Where everything lives that is neither source nor build. */
export const STATE: string = `${ROOT}.sockscope`;
