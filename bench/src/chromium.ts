import { launchChromium } from "@sockscope/demo/users";
import { program, readPrograms } from "@sockscope/stack";
import type { Browser } from "playwright-core";

/** Starts the Chromium that the set-up found. */
export function startChromium(): Promise<Browser> {
  return launchChromium(program(readPrograms(), "chromium"));
}
