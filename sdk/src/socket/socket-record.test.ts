import { expect, it, vi } from "vitest";
import { CHAT_URL, chatPage } from "../testing/chat-page.test-support.ts";
import { settled } from "../testing/fake-host.test-support.ts";

const broken = (): never => {
  throw new Error("mine");
};

it("costs nothing where an observer throws at everything", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  const observation = { stop: broken, gaveUp: broken, unwanted: broken, lost: broken };
  for (const observe of [broken, () => observation]) {
    const page = chatPage({ sockscope: { noticed: broken, observe, attempted: broken } });
    const socket = await page.connected();
    await page.host.emit("offline");
    socket.receive("late");
    expect(page.chat.state.status).toBe("offline");
    page.chat.close();
  }
  error.mockRestore();
});

it.each([
  ["what the application says", { episode: "support" }, CHAT_URL, "support"],
  ["the address without its query", {}, `${CHAT_URL}?token=x`, CHAT_URL],
  ["the same for all where the address needs a token", {}, broken, "chat"],
  ["the same for all where the address is none", {}, () => "", "chat"],
])("names its episode: %s", async (_what, options, url, episode) => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  const observation = { stop() {}, gaveUp() {}, unwanted() {}, lost() {} };
  const seen = vi.fn((_given: unknown) => observation);
  chatPage(
    { ...options, sockscope: { noticed() {}, observe: (_socket, given) => seen(given), attempted: seen } },
    url,
  );
  await settled();
  expect(seen).toHaveBeenCalledWith(expect.objectContaining({ episode }));
  error.mockRestore();
});
