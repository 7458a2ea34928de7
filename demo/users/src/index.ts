/** The demo page in the hands of a person, simulated or tested. */
export { BrowserNotStartedError } from "./browser-not-started-error.ts";
export { type ChatPage, openChatPage } from "./chat-page.ts";
export { launchChromium } from "./launch-chromium.ts";
