import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { deployedRules } from "./deployed-rules.ts";
import type { AlertRule } from "./symptoms/alert-rule.ts";
import { WATCHDOG_RULES } from "./symptoms/watchdog/expression.ts";
import { wsAuthCloseSpikeRule } from "./symptoms/ws-auth-close-spike/expression.ts";
import { wsClientMemoryGrowthRules } from "./symptoms/ws-client-memory-growth/expression.ts";
import { wsClientTelemetryLostRules } from "./symptoms/ws-client-telemetry-lost/expression.ts";
import { wsCollectorDownRules } from "./symptoms/ws-collector-down/expression.ts";
import { wsCollectorRejectingRules } from "./symptoms/ws-collector-rejecting/expression.ts";
import { wsConnectErrorBudgetBurnRules } from "./symptoms/ws-connect-error-budget-burn/expression.ts";
import { wsConnectionUptimeLowRules } from "./symptoms/ws-connection-uptime-low/expression.ts";
import { wsDeliveryErrorBudgetBurnRules } from "./symptoms/ws-delivery-error-budget-burn/expression.ts";
import { wsDuplicateMessagesRules } from "./symptoms/ws-duplicate-messages/expression.ts";
import { wsHandshakeForbiddenRules } from "./symptoms/ws-handshake-forbidden/expression.ts";
import { wsInternalErrorCloseSpikeRules } from "./symptoms/ws-internal-error-close-spike/expression.ts";
import { wsManualReloadsRules } from "./symptoms/ws-manual-reloads/expression.ts";
import { wsMassDisconnectRules } from "./symptoms/ws-mass-disconnect/expression.ts";
import { wsMessageLatencyHighRules } from "./symptoms/ws-message-latency-high/expression.ts";
import { wsMessageSendErrorsRules } from "./symptoms/ws-message-send-errors/expression.ts";
import { wsMessagesNotAppearingRules } from "./symptoms/ws-messages-not-appearing/expression.ts";
import { wsReconnectStormRules } from "./symptoms/ws-reconnect-storm/expression.ts";
import { wsServerMetricsMissingRules } from "./symptoms/ws-server-metrics-missing/expression.ts";

/** The rules of every alert that the deployment wants. */
export function alertRules(catalog: Catalog): readonly AlertRule[] {
  return deployedRules(rulesOfOneEnvironment(catalog), catalog);
}

function rulesOfOneEnvironment(catalog: Catalog): readonly AlertRule[] {
  return [
    wsAuthCloseSpikeRule(catalog),
    ...wsInternalErrorCloseSpikeRules(catalog),
    ...wsMassDisconnectRules(catalog),
    ...wsReconnectStormRules(catalog),
    ...wsConnectionUptimeLowRules(catalog),
    ...wsMessageLatencyHighRules(catalog),
    ...wsMessagesNotAppearingRules(catalog),
    ...wsHandshakeForbiddenRules(catalog),
    ...wsDuplicateMessagesRules(catalog),
    ...wsManualReloadsRules(catalog),
    ...wsMessageSendErrorsRules(catalog),
    ...wsClientMemoryGrowthRules(catalog),
    ...wsConnectErrorBudgetBurnRules(catalog),
    ...wsDeliveryErrorBudgetBurnRules(catalog),
    ...wsClientTelemetryLostRules(catalog),
    ...wsCollectorDownRules(catalog),
    ...wsCollectorRejectingRules(catalog),
    ...wsServerMetricsMissingRules(catalog),
    ...WATCHDOG_RULES,
  ];
}

/** Those of the product's own catalog. */
export const ALERT_RULES: readonly AlertRule[] = alertRules(DEFAULT_CATALOG);
