import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentedIn, FRAMES_RECEIVED } from "@sockscope/catalog";
import { ConfigError } from "@sockscope/config";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UsageError } from "../usage-error.ts";
import { parseCollectorOptions } from "./collector-options.ts";

const ONE_APP = ["--app", "chat", "--origin", "https://chat.example"];

describe("parseCollectorOptions", () => {
  it("gives origins and key to the app before them", async () => {
    const args = [
      ...ONE_APP,
      "--origin",
      "https://beta.example",
      "--key",
      "k1",
      "--app=support",
      "--origin=https://s.example",
    ];
    expect((await parseCollectorOptions(args, {})).apps).toEqual([
      { name: "chat", origins: ["https://chat.example", "https://beta.example"], key: "k1" },
      { name: "support", origins: ["https://s.example"] },
    ]);
  });

  it("listens on loopback unless told otherwise", async () => {
    const { listen, admin } = await parseCollectorOptions(ONE_APP, {});
    expect([listen.host, admin.host]).toEqual(["127.0.0.1", "127.0.0.1"]);
    expect(listen.port).not.toBe(admin.port);
  });

  it("takes what no flag says from the environment", async () => {
    const environment = {
      SOCKSCOPE_LISTEN: "0.0.0.0:80",
      SOCKSCOPE_ADMIN: "[::1]:81",
      SOCKSCOPE_APP: "chat",
      SOCKSCOPE_ORIGIN: "https://a.example, https://b.example",
      SOCKSCOPE_KEY: "k",
    };
    expect(await parseCollectorOptions(["--listen", "localhost:0"], environment)).toEqual({
      listen: { host: "localhost", port: 0 },
      admin: { host: "::1", port: 81 },
      apps: [{ name: "chat", origins: ["https://a.example", "https://b.example"], key: "k" }],
    });
  });

  it("takes the size of the session table from the flag before the environment", async () => {
    const environment = { SOCKSCOPE_MAX_SESSIONS: "7" };
    expect((await parseCollectorOptions(ONE_APP, environment)).maxSessions).toBe(7);
    expect((await parseCollectorOptions([...ONE_APP, "--max-sessions=9"], environment)).maxSessions).toBe(9);
    expect(await parseCollectorOptions(ONE_APP, {})).not.toHaveProperty("maxSessions");
  });

  it("reads the token from its file, without the line's end", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sockscope-token-"));
    const file = join(folder, "token");
    writeFileSync(file, "0123456789abcdef\n");
    const { announceToken } = await parseCollectorOptions([...ONE_APP, "--announce-token-file", file], {});
    expect(announceToken).toBe("0123456789abcdef");
    rmSync(folder, { recursive: true });
    const environment = { SOCKSCOPE_ANNOUNCE_TOKEN_FILE: file };
    await expect(parseCollectorOptions(ONE_APP, environment)).rejects.toThrow(
      /--announce-token-file cannot be read .*ENOENT/,
    );
  });

  it("ignores the environment's app when a flag names one", async () => {
    const environment = { SOCKSCOPE_APP: "other", SOCKSCOPE_ORIGIN: "https://o.example", SOCKSCOPE_KEY: "k" };
    expect((await parseCollectorOptions(ONE_APP, environment)).apps).toEqual([
      { name: "chat", origins: ["https://chat.example"] },
    ]);
  });

  it.each<[args: string[], advice: string]>([
    [[], "use --app NAME --origin URL"],
    [["--app", "chat"], "add --origin URL"],
    [["--origin", "https://a.example", "--app", "chat"], "put it after its app"],
    [[...ONE_APP, "--key", "a", "--key", "b"], "keep one --key"],
    [[...ONE_APP, "--listen", "4390"], "use HOST:PORT"],
    [[...ONE_APP, "--admin", "localhost:65536"], "use HOST:PORT"],
    [["--colour", "red"], "--colour"],
    [["--app"], "--app"],
    [["stray"], "stray"],
  ])("says what to do about %j", async (args, advice) => {
    await expect(parseCollectorOptions(args, {})).rejects.toThrow(UsageError);
    await expect(parseCollectorOptions(args, {})).rejects.toThrow(advice);
  });

  describe("with a configuration", () => {
    const folder = mkdtempSync(join(tmpdir(), "sockscope-config-"));
    const file = join(folder, "sockscope.config.json");
    const apps = [{ name: "chat", origins: ["https://chat.example"] }];

    beforeAll(() => {
      writeFileSync(file, JSON.stringify({ apps, maxSeries: 5000, frames: { received: ["order_filled"] } }));
    });

    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    it("has its apps and its catalog", async () => {
      const { catalog = expect.fail(), ...options } = await parseCollectorOptions(["--config", file], {});
      expect(options).toMatchObject({ apps, maxSeries: 5000 });
      expect(documentedIn(catalog.clientMetrics, FRAMES_RECEIVED).metric.labels).toMatchObject({
        event: expect.arrayContaining(["order_filled", "rehydration"]),
      });
      expect((await parseCollectorOptions([], { SOCKSCOPE_CONFIG: file })).apps).toEqual(apps);
    });

    it("takes no app beside it", async () => {
      await expect(parseCollectorOptions(["--config", file, ...ONE_APP], {})).rejects.toThrow(
        "add the app to",
      );
    });

    it("refuses one that cannot work", async () => {
      await expect(parseCollectorOptions(["--config", `${file}.gone`], {})).rejects.toThrow(ConfigError);
    });
  });
});
