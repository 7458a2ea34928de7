import type { Switchboard } from "@sockscope/demo/faults";
import type { Replies } from "../chat/replies.ts";
import type { ChatServer } from "../sockets/chat-server.ts";

/** Does to a chat what a fault does once, as it begins or ends. */
export function followChatFaults(faults: Switchboard, chatServer: ChatServer, replies: Replies): void {
  let isRestarting = false;

  function restart(spreadMs: number | undefined): void {
    if ((spreadMs !== undefined) === isRestarting) return;
    isRestarting = spreadMs !== undefined;
    if (spreadMs === undefined) {
      chatServer.resume();
      void replies.start();
    } else {
      chatServer.pause(faults.remainingSeconds("restart") * 1000, spreadMs);
      void replies.stop();
    }
  }

  faults.onChange((id) => {
    if (id === "restart") restart(faults.active(id)?.spreadMs);
    if (id === "expire_tokens" && faults.active(id)) chatServer.closeAll("authentication_expired");
    if (id === "overload" && faults.active(id))
      chatServer.closeAll("overload", () => faults.active(id)?.retryAfterMs);
  });
}
