import { start } from "@sockscope/sdk";

export const sockscope = start({ collector: "https://telemetry.example.com", app: "chat" });

const socket = new WebSocket("wss://chat.example.com/ws");
sockscope.observe(socket, { trigger: "initial" });
