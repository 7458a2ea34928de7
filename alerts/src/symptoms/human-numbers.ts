/** Four digits, as Prometheus' templates write them. */
function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** As Prometheus' `humanizePercentage` writes a share. */
export function percentage(share: number): string {
  return `${digits(share * 100)}%`;
}

/** As `printf "%.0f"` writes a number of events. */
export function amount(events: number): string {
  return events.toFixed(0);
}
