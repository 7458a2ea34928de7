import type { Host } from "./host.ts";

const SESSION_BYTES = 16;

/**
 * A new session, as `SESSION_PATTERN` wants it. From random bytes and not from `crypto.randomUUID`, which insecure
 * contexts do not have.
 */
export function createSession(host: Host): string {
  const bytes = host.randomBytes(SESSION_BYTES);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
