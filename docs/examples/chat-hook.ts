import { useChatSocket } from "@sockscope/sdk/react";
import { createElement, type ReactElement, useState } from "react";
import { sockscope } from "./browser.ts";

export function Chat(): ReactElement {
  const [messages, setMessages] = useState<readonly string[]>([]);
  const { state, reconnect } = useChatSocket("wss://chat.example.com/ws", {
    sockscope,
    onMessage: ({ frame }) => {
      if (frame?.type === "chat_message") setMessages((before) => [...before, frame.payload.text]);
    },
  });
  return createElement(
    "main",
    null,
    messages.map((text, at) => createElement("p", { key: at }, text)),
    state.status === "gave_up" &&
      createElement("button", { type: "button", onClick: reconnect }, "Try again"),
  );
}
