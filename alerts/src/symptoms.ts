import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { Alert } from "./symptoms/alert.ts";
import { inEnvironment } from "./symptoms/in-environment.ts";
import { alertsOf, type Symptom } from "./symptoms/symptom.ts";
import { watchdog } from "./symptoms/watchdog/index.ts";
import { wsAuthCloseSpike } from "./symptoms/ws-auth-close-spike/index.ts";
import { wsClientMemoryGrowth } from "./symptoms/ws-client-memory-growth/index.ts";
import { wsClientTelemetryLost } from "./symptoms/ws-client-telemetry-lost/index.ts";
import { wsCollectorDown } from "./symptoms/ws-collector-down/index.ts";
import { wsCollectorRejecting } from "./symptoms/ws-collector-rejecting/index.ts";
import { wsConnectErrorBudgetBurn } from "./symptoms/ws-connect-error-budget-burn/index.ts";
import { wsConnectionUptimeLow } from "./symptoms/ws-connection-uptime-low/index.ts";
import { wsDeliveryErrorBudgetBurn } from "./symptoms/ws-delivery-error-budget-burn/index.ts";
import { wsDuplicateMessages } from "./symptoms/ws-duplicate-messages/index.ts";
import { wsHandshakeForbidden } from "./symptoms/ws-handshake-forbidden/index.ts";
import { wsInternalErrorCloseSpike } from "./symptoms/ws-internal-error-close-spike/index.ts";
import { wsManualReloads } from "./symptoms/ws-manual-reloads/index.ts";
import { wsMassDisconnect } from "./symptoms/ws-mass-disconnect/index.ts";
import { wsMessageLatencyHigh } from "./symptoms/ws-message-latency-high/index.ts";
import { wsMessageSendErrors } from "./symptoms/ws-message-send-errors/index.ts";
import { wsMessagesNotAppearing } from "./symptoms/ws-messages-not-appearing/index.ts";
import { wsReconnectStorm } from "./symptoms/ws-reconnect-storm/index.ts";
import { wsServerMetricsMissing } from "./symptoms/ws-server-metrics-missing/index.ts";

const ALL: readonly ((catalog: Catalog) => Symptom)[] = [
  wsAuthCloseSpike,
  wsInternalErrorCloseSpike,
  wsMassDisconnect,
  wsReconnectStorm,
  wsConnectionUptimeLow,
  wsMessageLatencyHigh,
  wsMessagesNotAppearing,
  wsHandshakeForbidden,
  wsDuplicateMessages,
  wsManualReloads,
  wsMessageSendErrors,
  wsClientMemoryGrowth,
  wsConnectErrorBudgetBurn,
  wsDeliveryErrorBudgetBurn,
  wsClientTelemetryLost,
  wsCollectorDown,
  wsCollectorRejecting,
  wsServerMetricsMissing,
  watchdog,
];

/** Every symptom that somebody is told of, without those that the deployment does not want, in each of its environments. */
export function symptoms(catalog: Catalog): readonly Symptom[] {
  return ALL.map((symptom) => symptom(catalog))
    .filter(({ name }) => !catalog.silencedAlerts.includes(name))
    .map((symptom) => inEnvironment(symptom, catalog.environmentLabels));
}

/** The rules of every alert that the deployment wants. */
export function alerts(catalog: Catalog): readonly Alert[] {
  return alertsOf(symptoms(catalog));
}

/** Those of the product's own catalog. */
export const SYMPTOMS: readonly Symptom[] = symptoms(DEFAULT_CATALOG);

/** {@link SYMPTOMS} */
export const ALERTS: readonly Alert[] = alertsOf(SYMPTOMS);
