import { ALERT_THRESHOLDS, type AlertName } from "@sockscope/catalog";

/** Always fires, so that its silence says that nothing could. */
export const WATCHDOG: AlertName = "Watchdog";

/** Alerts that tell of a fault: by name, since other alerts of the same Prometheus have severities, too. */
export const FAULTS: readonly AlertName[] = (Object.keys(ALERT_THRESHOLDS) as AlertName[]).filter(
  (name) => name !== WATCHDOG,
);
