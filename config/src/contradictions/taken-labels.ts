/** Labels that every client metric gets from elsewhere, or that Prometheus keeps for itself. */
export const TAKEN_LABELS: readonly string[] = ["app", "release", "le", "quantile", "job", "instance"];
