/** There is no built page where it was looked for. */
export class PageNotBuiltError extends Error {
  override readonly name = "PageNotBuiltError";
  readonly code = "DEMO_ERR_PAGE_NOT_BUILT";

  constructor(pageDir: string) {
    super(`${pageDir} has no index.html; build the page with: npm run build -w @sockscope/demo`);
  }
}
