import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { AlertRule } from "./symptoms/alert-rule.ts";
import { WATCHDOG_RULES } from "./symptoms/watchdog/expression.ts";
import { wsAuthCloseSpikeRule } from "./symptoms/ws-auth-close-spike/expression.ts";
import { WS_CLIENT_MEMORY_GROWTH_RULES } from "./symptoms/ws-client-memory-growth/expression.ts";
import { WS_CLIENT_TELEMETRY_LOST_RULES } from "./symptoms/ws-client-telemetry-lost/expression.ts";
import { WS_COLLECTOR_DOWN_RULES } from "./symptoms/ws-collector-down/expression.ts";
import { WS_COLLECTOR_REJECTING_RULES } from "./symptoms/ws-collector-rejecting/expression.ts";
import { WS_CONNECT_ERROR_BUDGET_BURN_RULES } from "./symptoms/ws-connect-error-budget-burn/expression.ts";
import { wsConnectionUptimeLowRules } from "./symptoms/ws-connection-uptime-low/expression.ts";
import { WS_DELIVERY_ERROR_BUDGET_BURN_RULES } from "./symptoms/ws-delivery-error-budget-burn/expression.ts";
import { WS_DUPLICATE_MESSAGES_RULES } from "./symptoms/ws-duplicate-messages/expression.ts";
import { WS_HANDSHAKE_FORBIDDEN_RULES } from "./symptoms/ws-handshake-forbidden/expression.ts";
import { WS_INTERNAL_ERROR_CLOSE_SPIKE_RULES } from "./symptoms/ws-internal-error-close-spike/expression.ts";
import { WS_MANUAL_RELOADS_RULES } from "./symptoms/ws-manual-reloads/expression.ts";
import { WS_MASS_DISCONNECT_RULES } from "./symptoms/ws-mass-disconnect/expression.ts";
import { WS_MESSAGE_LATENCY_HIGH_RULES } from "./symptoms/ws-message-latency-high/expression.ts";
import { WS_MESSAGE_SEND_ERRORS_RULES } from "./symptoms/ws-message-send-errors/expression.ts";
import { WS_MESSAGES_NOT_APPEARING_RULES } from "./symptoms/ws-messages-not-appearing/expression.ts";
import { wsReconnectStormRules } from "./symptoms/ws-reconnect-storm/expression.ts";
import { WS_SERVER_METRICS_MISSING_RULES } from "./symptoms/ws-server-metrics-missing/expression.ts";

/** The rules of every alert. */
export function alertRules(catalog: Catalog): readonly AlertRule[] {
  return [
    wsAuthCloseSpikeRule(catalog),
    ...WS_INTERNAL_ERROR_CLOSE_SPIKE_RULES,
    ...WS_MASS_DISCONNECT_RULES,
    ...wsReconnectStormRules(catalog),
    ...wsConnectionUptimeLowRules(catalog),
    ...WS_MESSAGE_LATENCY_HIGH_RULES,
    ...WS_MESSAGES_NOT_APPEARING_RULES,
    ...WS_HANDSHAKE_FORBIDDEN_RULES,
    ...WS_DUPLICATE_MESSAGES_RULES,
    ...WS_MANUAL_RELOADS_RULES,
    ...WS_MESSAGE_SEND_ERRORS_RULES,
    ...WS_CLIENT_MEMORY_GROWTH_RULES,
    ...WS_CONNECT_ERROR_BUDGET_BURN_RULES,
    ...WS_DELIVERY_ERROR_BUDGET_BURN_RULES,
    ...WS_CLIENT_TELEMETRY_LOST_RULES,
    ...WS_COLLECTOR_DOWN_RULES,
    ...WS_COLLECTOR_REJECTING_RULES,
    ...WS_SERVER_METRICS_MISSING_RULES,
    ...WATCHDOG_RULES,
  ];
}

/** Those of the product's own catalog. */
export const ALERT_RULES: readonly AlertRule[] = alertRules(DEFAULT_CATALOG);
