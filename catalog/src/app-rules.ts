/** An app as far as it can be wrong beside the others. */
interface NamedApp {
  readonly name: string;
  readonly origins: readonly string[];
}

/** What to do where there is no app, in words that finish an error's sentence. */
export const APPS_RULE = "configure at least one app with its origins";

/** What to do where an app has no origin, in words that finish an error's sentence. */
export const ORIGINS_RULE = 'name the pages\' origin, as in "https://chat.example"';

/** How many characters an app's key has at most: it is in the URL of every batch. */
export const LONGEST_APP_KEY = 64;

/** What an app's key has to be, in words that finish an error's sentence. */
export const APP_KEY_RULE: string = `leave it out to ask for none, else use up to ${LONGEST_APP_KEY} characters`;

/** What is wrong with a value that {@link repeatedInApps} finds, in words that finish an error's sentence. */
export const REPEATED_RULE = "is there twice; remove one";

/** The positions of values that are there before. */
export function repeatedPositions(values: readonly string[]): readonly number[] {
  return values.flatMap((value, position) => (values.indexOf(value) === position ? [] : [position]));
}

/** An app's name that another app has before it, or an origin that the app has before. */
export interface RepeatedInApps {
  /** The app's position. */
  readonly app: number;
  /** The origin's position; undefined where it is the name. */
  readonly origin: number | undefined;
  readonly value: string;
}

/** The names of apps, and the origins of an app, that are there before. Two apps may share an origin. */
export function repeatedInApps(apps: readonly NamedApp[]): readonly RepeatedInApps[] {
  const names = apps.map(({ name }) => name);
  return [
    ...repeatedPositions(names).map((app) => ({ app, origin: undefined, value: names[app] ?? "" })),
    ...apps.flatMap(({ origins }, app) =>
      repeatedPositions(origins).map((origin) => ({ app, origin, value: origins[origin] ?? "" })),
    ),
  ];
}
