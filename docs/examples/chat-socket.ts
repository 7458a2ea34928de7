import { start } from "@sockscope/sdk";
import { chatSocket } from "@sockscope/sdk/socket";
import { tokenStore } from "@sockscope/sdk/token";

export const sockscope = start({ collector: "https://telemetry.example.com", app: "chat" });
const { refreshAccessToken } = tokenStore({ url: "/session/renew" });

export const chat = chatSocket("wss://chat.example.com/ws", {
  sockscope,
  refreshAccessToken,
  hello: () => ({ type: "client_hello", thread_id: "5f0c6f1e-8a33-4d0b-9d4e-2f3f6f1d2a11" }),
});
chat.on("state", (state) => console.log(state.status));
chat.on("message", ({ frame }) => console.log(frame));
