import { MOST_RELEASES } from "@sockscope/catalog";

/** The releases whose pages count under their name, the newest last. Announcing another one makes another list. */
export class KeptReleases {
  readonly names: readonly string[];
  readonly #positions: ReadonlyMap<string, number>;

  /** @param announced the newest last; one that was announced again is as new as the last time */
  constructor(announced: readonly string[]) {
    this.names = announced
      .filter((name, position) => announced.lastIndexOf(name) === position)
      .slice(-MOST_RELEASES);
    this.#positions = new Map(this.names.map((name, position) => [name, position]));
  }

  /** How many positions there are: one a name, and the last for every other release and for none. */
  get positions(): number {
    return this.names.length + 1;
  }

  /** The position of a page's release. */
  positionOf(release: string | undefined): number {
    return this.#positions.get(release ?? "") ?? this.names.length;
  }

  /** Whether a release has a name of its own. */
  has(release: string): boolean {
    return this.#positions.has(release);
  }

  /** These and another one, which may push the oldest out. */
  with(release: string): KeptReleases {
    return new KeptReleases([...this.names, release]);
  }

  /** For each position here the one that `next` has for it; undefined for a release that it does not keep. */
  positionsIn(next: KeptReleases): readonly (number | undefined)[] {
    const kept = this.names.map((name) => (next.has(name) ? next.positionOf(name) : undefined));
    return [...kept, next.names.length];
  }
}
