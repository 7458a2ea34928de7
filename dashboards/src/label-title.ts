/** A label as a reader meets it, above a choice or a column: `Cluster`. */
export function labelTitle(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
