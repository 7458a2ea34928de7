import { expect } from "vitest";
import { ChatClient, login, post } from "../../testing/demo.test-support.ts";
import { handshakeStatus, type Scene } from "./scene.test-support.ts";

export const EXPIRE_TOKENS: Scene = {
  during: async ({ demo, cookie, client }) => {
    expect(await client.closed).toEqual({ code: 4401, reason: "authentication_expired" });
    const again = await ChatClient.connect(demo, cookie);
    expect(await again.closed).toMatchObject({ code: 4401 });
    // The page, loaded again.
    await (await ChatClient.connect(demo, await login(demo))).hello();
  },
  after: async ({ demo, cookie }) => {
    await (await ChatClient.connect(demo, cookie)).hello();
  },
};

export const BREAK_REFRESH: Scene = {
  values: { status: 500 },
  during: async ({ demo, cookie, client, user }) => {
    expect((await post(demo, "/session/renew", cookie)).status).toBe(500);
    await client.rest();
    user.socket.reconnect();
    await user.becomes("waiting");
  },
  after: async ({ demo, cookie, user }) => {
    expect((await post(demo, "/session/renew", cookie)).status).toBe(200);
    await user.becomes("open");
  },
};

export const FORBID_HANDSHAKE: Scene = {
  during: async (stage) => {
    expect(await handshakeStatus(stage)).toBe(403);
    await stage.client.rest();
  },
  after: async (stage) => {
    expect(await handshakeStatus(stage)).toBeUndefined();
  },
};
