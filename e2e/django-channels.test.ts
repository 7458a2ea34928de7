import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { program, readPrograms } from "@sockscope/stack";
import { expect, it } from "vitest";

const INTEGRATION = fileURLToPath(new URL("../integrations/django-channels/", import.meta.url));

/** Everything that a program printed, and whether it succeeded. */
function run(python: string, args: readonly string[]): Promise<{ succeeded: boolean; output: string }> {
  const options = { cwd: INTEGRATION, env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" } };
  return new Promise((resolve) => {
    execFile(python, args, options, (error, stdout, stderr) =>
      resolve({ succeeded: error === null, output: `${stdout}${stderr}` }),
    );
  });
}

it("passes the tests of the Python package", async () => {
  const { succeeded, output } = await run(program(readPrograms(), "python"), ["-m", "unittest"]);
  expect(succeeded, output).toBe(true);
  // An empty suite succeeds, too.
  expect(output).toMatch(/Ran [1-9]\d+ tests/);
});
