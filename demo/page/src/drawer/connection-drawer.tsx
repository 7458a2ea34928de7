import type { Snapshot } from "@sockscope/sdk/snapshot";
import { type MouseEvent, type ReactElement, useEffect, useRef } from "react";
import { Button } from "../parts/button.tsx";
import { Tile } from "../parts/tile.tsx";
import { useNow } from "../parts/use-now.ts";
import { attemptRows, closeRows, drawerTotals, lostRows } from "./drawer-rows.ts";
import { Durations } from "./durations.tsx";
import { RowList } from "./row-list.tsx";

interface ConnectionDrawerProps {
  /** What the SDK remembers of this page's connections. */
  readonly snapshot: () => Snapshot;
  readonly onClose: () => void;
}

/**
 * What this page has seen of its connections, as a dialog: the browser moves the focus in, keeps it there, closes on Escape and
 * gives the focus back to the button that opened it.
 */
export function ConnectionDrawer({ snapshot, onClose }: ConnectionDrawerProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  // It goes away after that, since one that is taken out while it is open gives no focus back.
  const close = (): void => dialog.current?.close();
  const closeOutside = ({ target }: MouseEvent): void => {
    if (target === dialog.current) close();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same by keyboard
    <dialog
      ref={dialog}
      className="drawer"
      data-testid="drawer"
      aria-labelledby="drawer-title"
      onClose={onClose}
      onClick={closeOutside}
    >
      <header>
        <h2 id="drawer-title">This page’s connections</h2>
        <Button className="button" data-testid="close-drawer" onClick={close}>
          Close
        </Button>
      </header>
      <DrawerContent snapshot={snapshot} />
    </dialog>
  );
}

function DrawerContent({ snapshot }: Pick<ConnectionDrawerProps, "snapshot">): ReactElement {
  // Nobody is told of a snapshot that changed, so it is looked at while the drawer is open.
  useNow();
  const now = snapshot();
  const { reconnects, closes, p95Duration, lost } = drawerTotals(now);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be scrolled by keyboard, too
    <section className="drawer-content" aria-label="Details" tabIndex={0}>
      <dl className="tiles">
        <Tile name="Reconnects" value={String(reconnects)} />
        <Tile name="Closes" value={String(closes)} />
        <Tile name="p95 duration" value={p95Duration ?? "–"} />
        <Tile name="Lost" value={String(lost)} />
      </dl>
      <RowList
        title="Last closes"
        testId="closes"
        rows={closeRows(now.closes)}
        empty="No connection has ended."
      />
      <RowList
        title="Attempts"
        testId="attempts"
        rows={attemptRows(now.attempts)}
        empty="No attempt is decided yet."
      />
      <Durations seconds={now.durationsSeconds} p95Seconds={now.p95DurationSeconds} />
      <section className="rows" data-testid="lost">
        <h3>Measurements that were lost</h3>
        <p>
          {lostRows(now.lost).join(", ") || "None. Everything that was recorded was sent, or is about to be."}
        </p>
      </section>
    </section>
  );
}
