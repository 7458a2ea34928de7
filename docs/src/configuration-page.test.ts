import { checkConfig } from "@sockscope/config";
import { expect, it } from "vitest";
import { configurationPage } from "./configuration-page.ts";

it("shows an own histogram that is accepted as it stands", () => {
  const [, histogram = ""] = /```json\n([\s\S]*?)\n```/.exec(configurationPage()) ?? [];
  const histograms = JSON.parse(`{${histogram}}`);
  const apps = [{ name: "chat", origins: ["https://chat.example"] }];
  const config = checkConfig({ apps, histograms }, "docs/CONFIGURATION.md");
  expect(config.histograms["order_confirmation_seconds"]?.olderLayouts).toHaveLength(2);
});
