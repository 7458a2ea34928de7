import type { SockscopeOptions } from "../options.ts";
import { type Sockscope, start } from "../start.ts";
import { FakeHost } from "./fake-host.test-support.ts";

/** Forgets what runs, as a new page does. */
export function newPage(): void {
  Reflect.deleteProperty(globalThis, Symbol.for("sockscope.running"));
}

/** What starts in a page of its own, in the hands of a test. */
export function started<const Received extends string = never, const Sent extends string = never>(
  options: Partial<SockscopeOptions<Received, Sent>> = {},
): { readonly host: FakeHost; readonly sockscope: Sockscope<Received, Sent> } {
  newPage();
  const host = (options.host as FakeHost | undefined) ?? new FakeHost();
  const sockscope = start<Received, Sent>({
    collector: "https://collector.example/",
    app: "chat",
    ...options,
    host,
  });
  return { host, sockscope };
}
