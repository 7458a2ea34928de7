import { start } from "@sockscope/sdk";

globalThis.startAgain = (collector, app) => start({ collector, app });
