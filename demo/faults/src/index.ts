/** Ways to break the demo on purpose, for a time. */
export type { Fault, FaultParameter, Movement } from "./fault.ts";
export {
  answerFaultRequest,
  type FaultAnswer,
  type FaultRequest,
  type FaultState,
} from "./fault-requests.ts";
export { FAULT_IDS, FAULTS, type FaultId, type ParametersOf, seriesOf } from "./faults.ts";
export {
  type FaultsClient,
  FaultsClientError,
  type FaultsClientOptions,
  type FaultWishes,
  faultsClient,
} from "./faults-client.ts";
export { type FaultProxy, type FaultProxyOptions, startFaultProxy } from "./network/fault-proxy.ts";
export type { Weather } from "./network/weather.ts";
export { REMEDIES } from "./requirements.ts";
export { Switchboard, type SwitchboardEnvironment } from "./switchboard.ts";
