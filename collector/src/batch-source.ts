/** Of which pages a batch is, as positions of label values. */
export interface BatchSource {
  /** Among the configured apps. */
  readonly app: number;
  /** Among the kept releases; the last for every other one, which is the only one where none is configured. */
  readonly release: number;
}
