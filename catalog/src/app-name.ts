/** The value that stands for every request which names no configured app, so no app can have it. */
const RESERVED = "other";

/** Safe in a label, in a URL and in a shell, without any escaping. */
const APP_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** What {@link isAppName} asks for, in words that finish an error's sentence. */
export const APP_NAME_RULE: string = `use up to 63 letters, digits, ".", "_" and "-", start with a letter or digit, and do not call it "${RESERVED}"`;

/** Whether a text can be the value of the label `app`, which is the same on both sides of the wire. */
export function isAppName(name: unknown): name is string {
  return typeof name === "string" && APP_NAME.test(name) && name !== RESERVED;
}
