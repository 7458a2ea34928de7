import type { Recorder } from "../record/recorder.ts";

/** Finds out why attempts never open. */
export interface Probe {
  /**
   * An attempt opened.
   *
   * @param url the socket's
   */
  opened(url: string): void;
  /**
   * An attempt ended that never opened.
   *
   * @param url the socket's
   * @param count counts what is found out, whenever that is
   */
  neverOpened(url: string, count: Recorder["count"]): void;
}
