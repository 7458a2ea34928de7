import type { PanelSize } from "../grid.ts";
import { type DrillDown, drillDown } from "../links.ts";

/** Six beside each other. */
export const SIZE: PanelSize = { width: 4, height: 4 };

/** Where a verdict on connections leads. */
export const CONNECTIONS: DrillDown = drillDown("How do they end?", "sockscope-connections");

/** Where a verdict on messages leads. */
export const MESSAGES: DrillDown = drillDown("What happens to messages?", "sockscope-messages");

/** What every verdict says of when it is grey. */
export const GREY = "Grey where there were too few to judge by, as the alert sees it.";
