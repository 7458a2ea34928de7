import { type ReactElement, useRef, useSyncExternalStore } from "react";
import { CONNECTION_WORDS_ID } from "../connection/connection-bar.tsx";
import { Button } from "../parts/button.tsx";
import { secondsUntil } from "../parts/time-words.ts";
import { useFocusHeir } from "../parts/use-focus-heir.ts";
import { useNow } from "../parts/use-now.ts";
import type { FaultBoard } from "./fault-board.ts";
import { isOn, type ShownFault } from "./fault-state.ts";

/** What is broken on purpose at the moment, at the top of the page: nobody is to look for a mistake where there is a switch. */
export function ActiveFaults({ board }: { readonly board: FaultBoard }): ReactElement {
  const { faults, isReachable } = useSyncExternalStore(board.subscribe, board.snapshot);
  const now = useNow();
  const active = faults.filter((fault) => isOn(fault, now));
  return (
    <>
      {active.length > 0 && (
        <ul
          className={active.length > 1 ? "active-faults several" : "active-faults"}
          data-testid="active-faults"
          aria-label="Faults that are on"
        >
          {active.map((fault) => (
            <ActiveFault
              key={fault.id}
              fault={fault}
              seconds={secondsUntil(fault.endsAtMs, now)}
              canStop={isReachable}
              onStop={() => void board.turnOff(fault.id)}
            />
          ))}
          {active.length > 1 && (
            <AllFaults
              count={active.length}
              canStop={isReachable}
              onStop={() => {
                for (const { id } of active) void board.turnOff(id);
              }}
            />
          )}
        </ul>
      )}
      <span className="visually-hidden" role="status">
        {active.map(({ title }) => `${title} is on. `)}
      </span>
    </>
  );
}

interface AllFaultsProps {
  readonly count: number;
  readonly canStop: boolean;
  readonly onStop: () => void;
}

/** Several faults in one line, where there is no room for a line for each. */
function AllFaults({ count, canStop, onStop }: AllFaultsProps): ReactElement {
  const stop = useRef<HTMLButtonElement>(null);
  useFocusHeir(stop, CONNECTION_WORDS_ID);
  return (
    <li className="all-faults">
      <span>{count} faults are on</span>
      <Button ref={stop} className="link" isDisabled={!canStop} onClick={onStop}>
        {canStop ? "Stop all" : "They end by themselves"}
      </Button>
    </li>
  );
}

interface ActiveFaultProps {
  readonly fault: ShownFault;
  readonly seconds: number;
  /** Whether the switchboard would hear of it. */
  readonly canStop: boolean;
  readonly onStop: () => void;
}

function ActiveFault({ fault: { title }, seconds, canStop, onStop }: ActiveFaultProps): ReactElement {
  const stop = useRef<HTMLButtonElement>(null);
  useFocusHeir(stop, CONNECTION_WORDS_ID);
  return (
    <li>
      <span>
        {title}, <b>{seconds} s</b> left
      </span>
      <Button
        ref={stop}
        className="link"
        aria-label={canStop ? `Stop: ${title}` : `${title} ends by itself`}
        isDisabled={!canStop}
        onClick={onStop}
      >
        {canStop ? "Stop" : "Ends by itself"}
      </Button>
    </li>
  );
}
