import { type Catalog, isAppName, ROUTE } from "@sockscope/catalog";
import { InvalidAppError } from "../errors/invalid-app-error.ts";
import { InvalidRoutesError } from "../errors/invalid-routes-error.ts";

/** Whose metrics they are. */
export interface MetricsHome {
  /** The value of the label `app` on every metric. */
  readonly app: string;
  /** Says which values labels have. */
  readonly catalog: Catalog;
  /** The values of the label `route`. */
  readonly routes: readonly string[];
}

/**
 * The same, once it is known to make labels.
 *
 * @throws InvalidAppError when the app's name cannot be a label value
 * @throws InvalidRoutesError when the routes cannot be label values
 */
export function checkedHome({ app, catalog, routes }: MetricsHome): MetricsHome {
  if (!isAppName(app)) throw new InvalidAppError(app);
  requireUsableRoutes(routes);
  return { app, catalog, routes };
}

function requireUsableRoutes(routes: readonly string[]): void {
  if (routes.length > ROUTE.top) {
    throw new InvalidRoutesError(
      `at most ${ROUTE.top} routes have a series of their own; merge some`,
      routes,
    );
  }
  // prom-client joins a series' label values with commas where it adds up a cluster, so a comma could make two series one.
  if (routes.some((route) => route === "" || route.includes(","))) {
    throw new InvalidRoutesError(
      "a route must not be empty or contain a comma; give it a plain name",
      routes,
    );
  }
}
