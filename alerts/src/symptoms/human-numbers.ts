/** Four digits, as Prometheus' templates write them. */
function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** As Prometheus' `humanizePercentage` writes a share. */
export function percentage(share: number): string {
  return `${digits(share * 100)}%`;
}

/** As Prometheus' `humanize` writes a number of events. */
export function amount(events: number): string {
  const prefixes = ["", "k", "M", "G", "T", "P"];
  const power = prefixes.findIndex((_prefix, index) => events < 1000 ** (index + 1));
  return `${digits(events / 1000 ** power)}${prefixes[power] ?? ""}`;
}
