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

  it.each([['{"uid":"x","ti'], ["null"], ["[]"], ['{"uid":1,"title":"x"}'], [""]])(
    "leaves out %j and says so once, until it is a dashboard",
    (content) => {
      const said: string[] = [];
      const where = { dashboards: within("dashboards"), runbooks: within("runbooks") };
      const folders = generatedFolder(where, (message) => said.push(message));
      write("aa", "Ours");
      writeFileSync(within("dashboards", "x.json"), content);
      for (let look = 0; look < 2; look++) expect(folders.dashboards()).toMatchObject([{ uid: "aa" }]);
      expect(said).toEqual([expect.stringContaining("x.json is left out: ")]);
      write("x", "Now whole");
      expect(folders.dashboard("x")).toContain("Now whole");
    },
  );

  it("hands out runbooks, and nothing of another folder", () => {
    writeFileSync(within("runbooks", "WsDown.md"), "# WsDown");
    writeFileSync(within("secret.md"), "secret");
    expect(read().runbook("WsDown.md")).toBe("# WsDown");
    expect(read().runbook("../secret.md")).toBeUndefined();
  });
});
