/** The value of every page whose release is not kept, so no release can have it. */
const RESERVED = "other";

/** What version systems write: `2.4.1`, `chat@2.4.1+build.7`, a commit's hash. */
const RELEASE_NAME = /^[A-Za-z0-9][A-Za-z0-9._+@:/-]{0,63}$/;

/** What {@link isReleaseName} asks for, in words that finish an error's sentence. */
export const RELEASE_NAME_RULE: string = `use up to 64 letters, digits, ".", "_", "+", "@", ":", "/" and "-", start with a letter or digit, and do not call it "${RESERVED}"`;

/** Whether a text can be announced, to become a value of the label `release`. */
export function isReleaseName(name: unknown): name is string {
  return typeof name === "string" && RELEASE_NAME.test(name) && name !== RESERVED;
}

/** How many releases keep their name; with another one, the one that was announced the longest ago loses its. */
export const MOST_RELEASES = 5;
