/** One running part of the stack. */
export interface Part {
  /** As the status lines show it. */
  readonly name: string;
  /** An address or a figure: what somebody wants to know of it at once. */
  readonly summary: string;
  /** Resolves, with a reason, when the part stops without having been asked to. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}
