import type { BatchStorage, StoredBatch } from "../ship/batch-storage.ts";

/** How much is kept at the most, in characters of JSON; of more, the latest batches. */
export const MAX_STORED_CHARACTERS = 131_072;

/**
 * Keeps batches in the tab's `sessionStorage`: no other tab sends them, they survive a reload and the restoring of a crashed
 * tab, and they go with the tab. What they hold is what is sent: no free text, no URLs but the collector's, no user data.
 *
 * @param key under which they are. Default: `sockscope:batches`; one app a page needs no other
 */
export function tabStorage(key = "sockscope:batches"): BatchStorage {
  return {
    load: () => {
      const text = sessionStorage.getItem(key);
      sessionStorage.removeItem(key);
      const batches: unknown = JSON.parse(text ?? "[]");
      return Array.isArray(batches) ? batches.filter(isBatch) : [];
    },
    save: (batches) => {
      const kept = [...batches];
      let text = JSON.stringify(kept);
      while (text.length > MAX_STORED_CHARACTERS) {
        kept.shift();
        text = JSON.stringify(kept);
      }
      if (kept.length === 0) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, text);
    },
  };
}

/** Whether it is one: the page, or an older bundle of it, may have put anything there. */
function isBatch(value: unknown): value is StoredBatch {
  const { url, seq, lines, measurements, closedAt } = (value ?? {}) as Partial<StoredBatch>;
  const numbers = [seq, measurements, closedAt];
  return (
    typeof url === "string" &&
    numbers.every((number) => typeof number === "number" && Number.isFinite(number)) &&
    Array.isArray(lines) &&
    lines.every((line) => typeof line === "string")
  );
}
