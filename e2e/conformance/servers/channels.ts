import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SERVER_SEND_BUFFER } from "@sockscope/catalog";
import { Child, freePort, program, readPrograms } from "@sockscope/stack";
import { CONFORMANCE, type ServerUnderTest } from "../server-under-test.ts";

const INTEGRATION = fileURLToPath(new URL("../../../integrations/django-channels/", import.meta.url));
const EXAMPLE = `${INTEGRATION}example`;
const READY_WITHIN_MS = 30_000;

/** Django Channels under Daphne: the example of `integrations/django-channels`, in a process of its own. */
export const CHANNELS_ON_DAPHNE: ServerUnderTest = {
  name: "Django Channels on Daphne",
  async start() {
    const folder = mkdtempSync(join(tmpdir(), "sockscope-channels-"));
    const port = await freePort();
    const ping = String(CONFORMANCE.pingTimeoutSeconds);
    const child = new Child({
      part: "the chat on Daphne",
      program: program(readPrograms(), "python"),
      args: ["-m", "daphne", "-b", "127.0.0.1", "-p", String(port)].concat(
        ["--ping-interval", ping, "--ping-timeout", ping],
        "chat.asgi:application",
      ),
      env: {
        PYTHONPATH: `${INTEGRATION}:${EXAMPLE}`,
        PYTHONDONTWRITEBYTECODE: "1",
        CHAT_SECRET: CONFORMANCE.secret,
        CHAT_TEST_COMMANDS: "1",
      },
      cwd: EXAMPLE,
      logFile: join(folder, "daphne.log"),
    });
    const metricsUrl = `http://127.0.0.1:${port}/metrics`;
    await child.answering(metricsUrl, READY_WITHIN_MS);
    return {
      url: `ws://127.0.0.1:${port}`,
      metricsUrl,
      close: async () => {
        await child.stop();
        rmSync(folder, { recursive: true });
      },
    };
  },
  cannot: [
    {
      step: "refuses a handshake where there is no socket",
      because:
        "without the denial-response extension, which Daphne does not have, ASGI refuses with 403 only",
    },
    {
      step: "closes for a frame that is too big",
      because:
        "Daphne has no limit of a frame's size, so the application closes, after the frame was received",
    },
  ],
  exposesNot: [{ metric: SERVER_SEND_BUFFER, because: "ASGI does not say how much waits to be sent" }],
};
