import { expect, it } from "vitest";
import { repeatedInApps, repeatedPositions } from "./app-rules.ts";

it("names each value that is there before, and not the first", () => {
  expect(repeatedPositions(["a", "b", "a", "a"])).toEqual([2, 3]);
  expect(repeatedPositions(["a", "b"])).toEqual([]);
});

it("finds apps of one name and an app's origins, and lets two apps share an origin", () => {
  const origins = ["https://a.example", "https://b.example"];
  const apps = [
    { name: "chat", origins },
    { name: "shop", origins: [...origins, "https://a.example"] },
    { name: "chat", origins },
  ];
  expect(repeatedInApps(apps)).toEqual([
    { app: 2, origin: undefined, value: "chat" },
    { app: 1, origin: 2, value: "https://a.example" },
  ]);
});
