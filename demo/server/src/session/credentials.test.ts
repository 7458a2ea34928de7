import { describe, expect, it } from "vitest";
import { presentedToken } from "./credentials.ts";

const COOKIE = "sockscope_demo_session=from-cookie";

describe("presentedToken", () => {
  it.each([
    ["the cookie's", COOKIE, "/ws?token=from-query", true, "from-cookie", "cookie"],
    [
      "the query's where there is no cookie and it is allowed",
      "",
      "/ws?token=from-query",
      true,
      "from-query",
      "query",
    ],
    ["none where the query's is not allowed", "", "/ws?token=from-query", false, undefined, "cookie"],
    ["none where there is none", "", "/ws", true, undefined, "query"],
  ])("is %s", (_, cookie, url, isQueryAllowed, token, authMethod) => {
    expect(presentedToken({ headers: { cookie }, url }, isQueryAllowed)).toEqual({ token, authMethod });
  });
});
