/** Asks over HTTP why WebSockets do not open, which browsers hide. */
export { handshakeProbe, MAX_PROBES, MIN_PROBE_INTERVAL_MS, PROBE_TIMEOUT_MS } from "./handshake-probe.ts";
