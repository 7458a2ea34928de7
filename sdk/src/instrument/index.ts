/** Observes sockets that other code makes, without a change to that code. */
export {
  type InstrumentOptions,
  instrument,
  type ObservedWebSocketOptions,
  observedWebSocket,
} from "./instrument.ts";
