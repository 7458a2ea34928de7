import { ENDS } from "./connections/ends.ts";
import { FRAMES } from "./connections/frames.ts";
import { NOW } from "./connections/now.ts";
import { OPENING } from "./connections/opening.ts";
import { SESSIONS } from "./connections/sessions.ts";
import type { DashboardSpec } from "./dashboard.ts";

/** Are users connected, and if not, how do their connections end? */
export const CONNECTIONS: DashboardSpec = {
  uid: "sockscope-connections",
  title: "Sockscope / Connections",
  description: "Are users connected, and if not, how do their connections end?",
  panels: [...NOW, ...ENDS, ...OPENING, ...SESSIONS, ...FRAMES],
};
