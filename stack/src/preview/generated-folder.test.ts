import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generatedFolder } from "./generated-folder.ts";

let folder = "";
const within = (...path: string[]): string => join(folder, ...path);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sockscope-generated-"));
  for (const name of ["dashboards", "runbooks"]) mkdirSync(within(name));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(uid: string, title: string): void {
  writeFileSync(within("dashboards", `${uid}.json`), JSON.stringify({ uid, title, tags: ["x"], panels: [] }));
}

function read(): ReturnType<typeof generatedFolder> {
  return generatedFolder({ dashboards: within("dashboards"), runbooks: within("runbooks") });
}

describe("what was generated", () => {
  it("has its dashboards in the order in which they are read, others after them by title", () => {
    write("zz", "Ours");
    write("aa", "Yours");
    write("sockscope-messages", "Sockscope / Messages");
    write("sockscope-overview", "Sockscope / Overview");
    expect(read().dashboards()).toMatchObject([
      { uid: "sockscope-overview", tags: ["x"] },
      { uid: "sockscope-messages" },
      { title: "Ours" },
      { title: "Yours" },
    ]);
  });

  it("finds a dashboard by its uid, and what came meanwhile", () => {
    const folders = read();
    expect(folders.dashboard("aa")).toBeUndefined();
    write("aa", "Yours");
    expect(JSON.parse(folders.dashboard("aa") ?? "")).toMatchObject({ title: "Yours", panels: [] });
  });

  it("hands out runbooks, and nothing of another folder", () => {
    writeFileSync(within("runbooks", "WsDown.md"), "# WsDown");
    writeFileSync(within("secret.md"), "secret");
    expect(read().runbook("WsDown.md")).toBe("# WsDown");
    expect(read().runbook("../secret.md")).toBeUndefined();
  });
});
