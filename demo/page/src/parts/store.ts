/** A value that changes over time, in the shape that `useSyncExternalStore` wants. */
export class Store<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  /** The value now; the same object until it changes. */
  readonly snapshot = (): T => this.#value;

  /** Calls `listener` after every change until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Replaces the value. */
  set(value: T): void {
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }
}
