/** A chat that is measured by the SDK. */
import { start } from "@sockscope/sdk";
import { COLLECTOR, chat } from "./chat-page.ts";

const sockscope = start({ collector: COLLECTOR, app: "chat" });
chat((socket) => sockscope.observe(socket));
