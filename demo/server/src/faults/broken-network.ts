import { type FaultProxy, type Switchboard, startFaultProxy, type Weather } from "@sockscope/demo/faults";
import type { Schedule } from "../schedule.ts";

/** A place in the network that faults can break. */
export interface BrokenNetworkOptions {
  readonly faults: Switchboard;
  readonly schedule: Schedule;
  readonly target: { readonly host: string; readonly port: number };
  readonly host: string;
  readonly port: number;
}

/** Starts a proxy in front of the chat, which has the weather that the network's faults make together. */
export function networkToChat(options: BrokenNetworkOptions): Promise<FaultProxy> {
  return followed(options, (faults) => {
    const idleSeconds = faults.active("idle_timeout")?.idleSeconds;
    const lifetimeSeconds = faults.active("lifetime_limit")?.lifetimeSeconds;
    return {
      isCut: faults.active("cut_network") !== undefined,
      isStalled: faults.active("stall_network") !== undefined,
      isSwallowing: faults.active("half_open") !== undefined,
      ...(idleSeconds !== undefined && { idleMs: idleSeconds * 1000 }),
      ...(lifetimeSeconds !== undefined && { lifetimeMs: lifetimeSeconds * 1000 }),
    };
  });
}

/** Starts a proxy in front of Redis. */
export function networkToRedis(options: BrokenNetworkOptions): Promise<FaultProxy> {
  options.faults.provide("redis");
  return followed(options, (faults) => ({ isCut: faults.active("stop_redis") !== undefined }));
}

async function followed(
  options: BrokenNetworkOptions,
  weatherOf: (faults: Switchboard) => Weather,
): Promise<FaultProxy> {
  const proxy = await startFaultProxy(options);
  options.faults.onChange(() => proxy.change(weatherOf(options.faults)));
  return proxy;
}
