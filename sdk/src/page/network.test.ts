import { describe, expect, it } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { createNetwork, OFFLINE_AFTERMATH_MS } from "./network.ts";
import { createPageClock } from "./page-clock.ts";

function setUp(isOnline = true) {
  const host = new FakeHost();
  host.online = isOnline;
  const clock = createPageClock(host);
  const network = createNetwork(host, clock);
  const become = (online: boolean) => {
    host.online = online;
    network.changed();
  };
  return { host, clock, network, become };
}

describe("a page's network", () => {
  it("is as the browser tells when the page starts", () => {
    expect(setUp(true).network.isOnline()).toBe(true);
    expect(setUp(false).network.isOnline()).toBe(false);
  });

  it("never came back as long as it never went", () => {
    const { network } = setUp();
    network.changed();
    network.changed();
    expect(network.backAt()).toBe(-Infinity);
  });

  it("was not back before the page started", () => {
    const { host, network, become } = setUp(false);
    expect(network.backAt()).toBe(-Infinity);
    host.clock += 5_000;
    become(true);
    expect(network.backAt()).toBe(host.clock);
  });

  it("came back at the last change, and not when the browser repeats itself", () => {
    const { host, network, become } = setUp();
    become(false);
    host.clock += 10_000;
    become(true);
    const back = host.clock;
    host.clock += 10_000;
    network.changed();
    expect(network.backAt()).toBe(back);
    become(false);
    host.clock += 10_000;
    become(true);
    expect(network.backAt()).toBe(host.clock);
  });

  it("is what a connection died of while it is gone", () => {
    const { clock, network, become } = setUp();
    become(false);
    expect(network.causeOfClose(clock.now())).toBe("offline");
  });

  it("is what a connection died of that is noticed soon after its return", () => {
    const { host, clock, network, become } = setUp();
    become(false);
    host.clock += 60_000;
    become(true);
    expect(network.causeOfClose(clock.now() + OFFLINE_AFTERMATH_MS)).toBe("offline");
    expect(network.causeOfClose(clock.now() + OFFLINE_AFTERMATH_MS + 1)).toBe("close");
  });

  it("is what a connection died of that closed before its return", () => {
    const { host, clock, network, become } = setUp();
    const closedAt = clock.now();
    become(false);
    host.clock += 60_000;
    become(true);
    expect(network.causeOfClose(closedAt)).toBe("offline");
  });
});
