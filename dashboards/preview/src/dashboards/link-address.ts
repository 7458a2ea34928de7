/** What a link takes along from the address that it is on. */
export interface TakenAlong {
  readonly keepTime?: boolean | undefined;
  readonly includeVars?: boolean | undefined;
}

const TIME = ["from", "to", "timezone"];

function isTaken(parameter: string, { keepTime = false, includeVars = false }: TakenAlong): boolean {
  return (keepTime && TIME.includes(parameter)) || (includeVars && parameter.startsWith("var-"));
}

/**
 * A link's address with the time range and the variables of where it is; what it says itself wins.
 *
 * @param search of the address that it is on, with or without its question mark
 */
export function withTakenAlong(url: string, search: string, along: TakenAlong): string {
  const [path = "", own = ""] = url.split("?");
  const parameters = new URLSearchParams(own);
  const stated = new Set(parameters.keys());
  for (const [name, value] of new URLSearchParams(search)) {
    if (isTaken(name, along) && !stated.has(name)) parameters.append(name, value);
  }
  const query = parameters.toString();
  return query === "" ? path : `${path}?${query}`;
}
