/** Something that a chat may do without, and that a fault breaks. */
export type Requirement = "redis";

/** What to do where it is missing. */
export const REMEDIES: Readonly<Record<Requirement, string>> = {
  redis: "This chat has no Redis that can be cut off; start it with REDIS_URL=redis://HOST:PORT.",
};
