/** What was recorded in this page, for the page itself: a status line, a support form, a debugger. */
export { type Attempt, type Close, createSnapshots, type Snapshot, type Snapshots } from "./snapshots.ts";
