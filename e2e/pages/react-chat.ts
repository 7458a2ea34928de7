import {
  ChatSocketProvider,
  type UseChatSocketOptions,
  useChatMessages,
  useChatSocket,
  useSharedChatSocket,
} from "@sockscope/sdk/react";
import { act, createElement, type ReactElement, StrictMode, useEffect, useState } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";

declare global {
  /** In a page with React: mounts a chat with this URL in a StrictMode, renders it often, and says what is to be seen. */
  var reactChat: {
    /** As others do it: with what a server rendered in the page already. */
    hydrate(url: string): Promise<void>;
    mount(url: string): Promise<void>;
    /** Renders again, with other callbacks each time. */
    renderAgain(times: number): Promise<void>;
    /** Has three components share one chat. */
    share(url: string): Promise<void>;
    unmount(): Promise<void>;
    /** Mounts, opens and unmounts as a test does, which complains of every change that it did not wait for. */
    act(url: string): Promise<void>;
    /** Resolves when the page shows this. */
    shows(text: string): Promise<void>;
    /** Everything that the page has shown. */
    readonly shown: readonly string[];
  };
  /** Tokens that were asked for, and how many of them nobody waits for any more. */
  var tokens: { asked: number; aborted: number };
}

const area = document.body.appendChild(document.createElement("main"));
const shown: string[] = [];
new MutationObserver(() => shown.push(area.innerText)).observe(area, {
  subtree: true,
  childList: true,
  characterData: true,
});
let root: Root | undefined;
let render = (): void => {};
let renders = 0;
let whenOpen = (): void => {};
globalThis.tokens = { asked: 0, aborted: 0 };

function optionsOf(render: number): UseChatSocketOptions<unknown, unknown> {
  return {
    rehydration: false,
    heartbeat: false,
    refreshAccessToken: ({ signal }) => {
      globalThis.tokens.asked += 1;
      signal.addEventListener("abort", () => {
        globalThis.tokens.aborted += 1;
      });
      return `token-${render}`;
    },
    onState: ({ status }) => {
      if (status === "open") whenOpen();
    },
    onMessage: ({ data }) => {
      document.title = `${data} at render ${render}`;
    },
  };
}

function Chat({ url, render }: { readonly url: string; readonly render: number }): ReactElement {
  const { state, send, rendered } = useChatSocket<unknown, unknown>(url, optionsOf(render));
  const [first] = useState(render);
  useEffect(() => {
    if (state.status === "open") send(`first render ${first}`);
  }, [state, send, first]);
  useEffect(() => rendered("only"), [rendered]);
  return createElement("p", null, `${state.status} ${render}`);
}

function Member({ name }: { readonly name: string }): ReactElement {
  const { state } = useSharedChatSocket();
  const [latest, setLatest] = useState("nothing");
  useChatMessages(({ data }) => setLatest(String(data)));
  return createElement("p", null, `${name} ${state.status} ${latest}`);
}

/** After React has rendered. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

async function show(element: () => ReactElement, hydrated?: string): Promise<void> {
  const strictly = (): ReactElement => createElement(StrictMode, null, element());
  if (hydrated === undefined) root = createRoot(area);
  else {
    area.innerHTML = hydrated;
    root = hydrateRoot(area, strictly());
  }
  render = () => root?.render(strictly());
  if (hydrated === undefined) render();
  await settled();
}

const chatOf = (url: string) => (): ReactElement => createElement(Chat, { url, render: renders });

globalThis.reactChat = {
  shown,
  mount: (url) => show(chatOf(url)),
  hydrate: (url) => show(chatOf(url), renderToString(createElement(StrictMode, null, chatOf(url)()))),
  renderAgain: async (times) => {
    for (let time = 0; time < times; time += 1) {
      renders += 1;
      render();
      await settled();
    }
  },
  share: (url) =>
    show(() =>
      createElement(
        ChatSocketProvider<unknown, unknown>,
        { url, options: optionsOf(0) },
        ["a", "b", "c"].map((name) => createElement(Member, { key: name, name })),
      ),
    ),
  act: async (url) => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    const acting = createRoot(area);
    const opened = new Promise<void>((resolve) => {
      whenOpen = resolve;
    });
    // Effects, and so the connection, come with the end of an act.
    await act(async () => acting.render(createElement(StrictMode, null, chatOf(url)())));
    await act(() => opened);
    await act(async () => acting.unmount());
  },
  unmount: async () => {
    root?.unmount();
    await settled();
  },
  shows: (text) =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!area.innerText.includes(text)) return;
        observer.disconnect();
        resolve();
      };
      const observer = new MutationObserver(look);
      observer.observe(area, { subtree: true, childList: true, characterData: true });
      look();
    }),
};
