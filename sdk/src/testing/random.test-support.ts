/** Numbers that look random and are the same every time. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** One of these. */
  of<T>(values: readonly [T, ...T[]]): T;
}

/**
 * Random numbers by mulberry32.
 *
 * See {@link https://github.com/cprosche/mulberry32 | mulberry32}.
 */
export function createRandom(seed: number): Random {
  let state = seed;

  function below(limit: number): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) * limit) / 2 ** 32) >>> 0;
  }

  return { below, of: (values) => values[below(values.length)] as (typeof values)[number] };
}
