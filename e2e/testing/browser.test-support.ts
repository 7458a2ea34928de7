import { launchChromium } from "@sockscope/demo/users";
import { program, readPrograms } from "@sockscope/stack";
import type { Browser } from "playwright-core";

/** The Chromium that the set-up found, started. */
export function launchBrowser(): Promise<Browser> {
  return launchChromium(program(readPrograms(), "chromium"));
}
