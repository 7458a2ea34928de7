import { healthyChat, LOOKED_AT, SYMPTOMS } from "@sockscope/alerts";
import { AFFECTED_SESSIONS, CONNECT_ATTEMPTS, TIME } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { testRules } from "../testing/promtool.test-support.ts";
import { recordingGroups } from "../testing/rule-groups.test-support.ts";
import { isUnhealthy, promqlTest, type Series } from "./unhealthy.test-support.ts";

/** Series of a healthy chat, with those of a metric that have this label going on in another way. */
function moved(series: Series, name: string, label: string, values: string): Series {
  const hit = Object.keys(series).filter((key) => key.startsWith(`${name}{`) && key.includes(label));
  if (hit.length === 0) throw new Error(`a healthy chat has no ${name} with ${label}`);
  return { ...series, ...Object.fromEntries(hit.map((key) => [key, values])) };
}

/**
 * All users were signed out, 20 minutes before anybody looks. Their clients stopped and sit before the error; whoever reloads is
 * turned away again.
 */
function stillLockedOut(): Series {
  const ago = 20;
  const turnedAway = `0x${LOOKED_AT - ago} 950x${ago + 10}`;
  const since = moved(healthyChat(), AFFECTED_SESSIONS.name, 'code="4401"', turnedAway);
  const sitting = moved(since, TIME.name, 'state="rejected"', "0+57000x100");
  // Half of those who come get in: with a token that is still good.
  const [opened = ""] = Object.keys(sitting).filter((key) =>
    /^\w+{.*outcome="opened".*trigger="initial"/.test(key),
  );
  expect(opened).toContain(CONNECT_ATTEMPTS.name);
  return { ...sitting, [opened.replace('"opened"', '"rejected"')]: "0+20x100" };
}

describe("WsAuthCloseSpike, where nothing is mended and nobody is closed any more", () => {
  const runbook = SYMPTOMS.find(({ name }) => name === "WsAuthCloseSpike")?.runbook;
  const causes = (runbook?.causes ?? []).filter(({ id }) => ["token-expiry", "auth-middleware"].includes(id));

  it("has the causes that a client stops for", () => expect(causes).toHaveLength(2));

  it.each(causes)("does not say that the fix of $id worked", async ({ id, verify }) => {
    const groups = recordingGroups([verify.query]);
    const { passed, output } = await testRules(groups, [
      promqlTest(id, stillLockedOut(), isUnhealthy(verify), true),
    ]);
    expect(passed, output).toBe(true);
  });
});
