/** Keeps what the collector has not answered yet over a reload, or a crash that the tab survives. */
export { MAX_STORED_CHARACTERS, tabStorage } from "./tab-storage.ts";
