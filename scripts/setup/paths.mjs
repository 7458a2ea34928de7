// @ts-check
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where everything lives that is neither source nor build: ignored by git, safe to delete. */
export const STATE = `${ROOT}.sockscope`;
