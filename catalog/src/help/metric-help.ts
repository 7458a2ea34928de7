/** What dashboards, exposition and docs say about a metric. The browser does not carry it. */
export interface MetricHelp {
  /** The `# HELP` line. */
  readonly help: string;
  /** The unit of one value: a base unit (`seconds`, `bytes`) or what is counted (`closes`). */
  readonly unit: string;
  /**
   * Declared and not recorded by anything yet. It is not exposed: a constant zero would claim that all is well. (A test
   * holds that the mark and the source agree.)
   */
  readonly declaredOnly?: true;
}
