import { start } from "@sockscope/sdk";

/** Connects, says when it got a frame and everything was sent, and what the SDK calls a problem. */
addEventListener("message", ({ data: { collector, app, url } }) => {
  const problems: string[] = [];
  const sockscope = start({ collector, app, onProblem: ({ code }) => problems.push(code) });
  const socket = new WebSocket(url);
  sockscope.observe(socket);
  socket.addEventListener("message", async () => {
    await sockscope.flush();
    postMessage(problems);
  });
});
