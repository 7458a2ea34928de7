import type { Demo } from "./demo-options.ts";

/** Has a new key sign, and says so, or why it does not: the chat goes on with the one that it has. */
export function rotateKeys(demo: Pick<Demo, "rotateKeys">, log: (line: object) => void): void {
  try {
    demo.rotateKeys();
    log({ event: "keys_rotated" });
  } catch (error) {
    log({ event: "keys_not_rotated", message: String(error) });
  }
}
