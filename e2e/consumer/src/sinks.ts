import { datadogRum } from "@datadog/browser-rum";
import { metrics } from "@opentelemetry/api";
import type { Sink } from "@sockscope/sdk";
import { datadog } from "@sockscope/sdk/datadog";
import { otel } from "@sockscope/sdk/otel";
import { ORDER_CONFIRMATION_SECONDS, ORDERS_PLACED } from "./generated/vocabulary.ts";

/** What a page hands on to the products that it has. */
export const SINKS: readonly Sink[] = [
  otel(metrics.getMeter("exchange"), { metrics: [ORDERS_PLACED, ORDER_CONFIRMATION_SECONDS] }),
  datadog(datadogRum),
];
