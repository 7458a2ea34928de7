import { describe, expect, it } from "vitest";
import { usersOptions } from "./command-line.ts";

const ENVIRONMENT = { PAGE_URL: "http://127.0.0.1:8000", CHROMIUM: "/usr/bin/chromium" };

describe("usersOptions", () => {
  it("takes a flag before the environment, and one user when nobody says how many", () => {
    expect(usersOptions(["--chromium", "/opt/chromium"], ENVIRONMENT)).toEqual({
      pageUrl: ENVIRONMENT.PAGE_URL,
      chromium: "/opt/chromium",
      users: 1,
    });
  });

  it.each(["0", "-1", "2.5", "many", ""])("refuses %j users", (users) => {
    expect(() => usersOptions([`--users=${users}`], ENVIRONMENT)).toThrow(/--users is ".*"; give/);
  });

  it.each(["", "localhost:8000", "file:///page"])("refuses the page %j", (url) => {
    expect(() => usersOptions([`--page-url=${url}`], ENVIRONMENT)).toThrow("--page-url is");
  });

  it("takes where addresses lead and where health is asked for", () => {
    const environment = { ...ENVIRONMENT, HOST_RULES: "MAP 127.0.0.1:8000 chat:8000", HEALTH_PORT: "8002" };
    expect(usersOptions([], environment)).toMatchObject({
      hostRules: "MAP 127.0.0.1:8000 chat:8000",
      healthPort: 8002,
    });
  });

  it("refuses a port that is none", () => {
    expect(() => usersOptions(["--health-port=http"], ENVIRONMENT)).toThrow('--health-port is "http"; give');
  });

  it("asks for a browser when there is none", () => {
    expect(() => usersOptions([], { PAGE_URL: ENVIRONMENT.PAGE_URL })).toThrow("--chromium is missing");
  });
});
