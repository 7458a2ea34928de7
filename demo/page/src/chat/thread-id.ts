import { randomUuid } from "../parts/random-uuid.ts";

const KEY = "thread-id";

/** The thread of this tab: it survives a reload, so that rehydration has something to bring back. */
export function threadIdOfTab(): string {
  const known = sessionStorage.getItem(KEY);
  if (known !== null) return known;
  const created = randomUuid();
  sessionStorage.setItem(KEY, created);
  return created;
}
