import { type DataQueryRequest, EventBusSrv, locationUtil } from "@grafana/data";
import {
  config,
  setAppEvents,
  setDataSourceSrv,
  setEchoSrv,
  setPluginImportUtils,
  setPluginLinksHook,
  setReturnToPreviousHook,
  setRunRequest,
  setTemplateSrv,
} from "@grafana/runtime";
import { sceneUtils } from "@grafana/scenes";
import { DATA_SOURCE, PrometheusDataSource } from "../prometheus/data-source.ts";
import type { PrometheusQuery } from "../prometheus/prometheus-query.ts";
import { requestRunner } from "./run-request.ts";

type Service<T> = T extends (service: infer S) => void ? S : never;

function runRequests(dataSource: PrometheusDataSource): void {
  const run = requestRunner(dataSource);
  setRunRequest((_, request) => run(request as DataQueryRequest<PrometheusQuery>));
}

function offerDataSource(dataSource: PrometheusDataSource): void {
  const settings = {
    ...DATA_SOURCE,
    id: 1,
    name: "Prometheus",
    isDefault: true,
    meta: dataSource.meta,
    readOnly: true,
    jsonData: {},
    access: "proxy",
  };
  sceneUtils.registerRuntimeDataSource({ dataSource: dataSource as never });
  setDataSourceSrv({
    get: async () => dataSource,
    getInstanceSettings: () => settings,
    getList: () => [settings],
    reload() {},
    registerRuntimeDataSource() {},
  } as unknown as Service<typeof setDataSourceSrv>);
}

/** Gives Grafana's packages the services that a Grafana gives them, as far as showing a dashboard needs them. */
export function startServices(timeInterval: string): void {
  const dataSource = new PrometheusDataSource(timeInterval);
  locationUtil.initialize({
    config: config as unknown as Parameters<typeof locationUtil.initialize>[0]["config"],
    getTimeRangeForUrl: () => ({ from: "now-1h", to: "now" }),
    getVariablesUrlParams: () => ({}),
  });
  setAppEvents(new EventBusSrv());
  setEchoSrv({ addEvent() {}, addBackend() {}, flush() {} } as unknown as Service<typeof setEchoSrv>);
  setReturnToPreviousHook((() => () => {}) as unknown as Service<typeof setReturnToPreviousHook>);
  setPluginLinksHook((() => ({ links: [], isLoading: false })) as unknown as Service<
    typeof setPluginLinksHook
  >);
  setTemplateSrv({
    replace: (text?: string) => text ?? "",
    getVariables: () => [],
    containsTemplate: () => false,
    updateTimeRange() {},
  });
  setPluginImportUtils({
    importPanelPlugin: (id: string) =>
      Promise.reject(new Error(`The preview cannot show panels of type "${id}". Grafana can.`)),
    getPanelPluginFromCache: () => undefined,
  });
  runRequests(dataSource);
  offerDataSource(dataSource);
}
