/** Grafana's two themes. */
export type ThemeName = "light" | "dark";

const PARAMETER = "theme";
const STORED = "sockscope.preview.theme";
const DARK: MediaQueryList = matchMedia("(prefers-color-scheme: dark)");

function isThemeName(text: string | null): text is ThemeName {
  return text === "light" || text === "dark";
}

/** What was chosen: in the address, or earlier in this browser. */
function chosenTheme(): ThemeName | undefined {
  const inAddress = new URLSearchParams(location.search).get(PARAMETER);
  if (isThemeName(inAddress)) return inAddress;
  const stored = localStorage.getItem(STORED);
  return isThemeName(stored) ? stored : undefined;
}

/** The theme to show: the chosen one, otherwise the system's. */
export function currentTheme(): ThemeName {
  return chosenTheme() ?? (DARK.matches ? "dark" : "light");
}

/** Remembers a choice; one in the address gives way to it. */
export function rememberTheme(theme: ThemeName): void {
  localStorage.setItem(STORED, theme);
}

/**
 * Calls back when the system's colour scheme changes.
 *
 * @returns how to stop that
 */
export function onSystemTheme(listener: () => void): () => void {
  DARK.addEventListener("change", listener);
  return () => DARK.removeEventListener("change", listener);
}
