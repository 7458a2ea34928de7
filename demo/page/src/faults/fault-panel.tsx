import { type ReactElement, type ReactNode, useSyncExternalStore } from "react";
import { useNow } from "../parts/use-now.ts";
import type { FaultBoard } from "./fault-board.ts";
import { type FaultGroup, GROUP_OF, GROUP_TITLES } from "./fault-groups.ts";
import { FaultRow } from "./fault-row.tsx";
import { isOn, problemOf, type ShownFault } from "./fault-state.ts";
import { OwnFaults, ownFaultsIn } from "./own-faults.tsx";
import type { Refusal } from "./refusals.ts";

interface FaultPanelProps {
  readonly board: FaultBoard;
  readonly isConnected: boolean;
  /** Ends the connection. */
  readonly onDrop: () => void;
}

const GROUPS = Object.keys(GROUP_TITLES) as readonly FaultGroup[];

/** Everything that can be broken, with what it does, beside what it is done to. */
export function FaultPanel({ board, isConnected, onDrop }: FaultPanelProps): ReactElement {
  const state = useSyncExternalStore(board.subscribe, board.snapshot);
  const now = useNow();
  const problem = problemOf(state, now);
  return (
    <aside className="card faults" aria-labelledby="faults-title">
      <header>
        <h2 id="faults-title">Break something</h2>
        <p>Each fault ends by itself.</p>
      </header>
      <p className="problem" role="alert" data-testid="fault-problem" data-expected={problem?.isExpected}>
        {problem?.text}
      </p>
      <div className="fault-groups">
        {GROUPS.map((group) => (
          <Group
            key={group}
            group={group}
            faults={faultsIn(group, state.faults)}
            refusal={state.refusal}
            now={now}
            board={board}
          >
            <OwnFaults group={group} isConnected={isConnected} onDrop={onDrop} />
          </Group>
        ))}
      </div>
    </aside>
  );
}

function faultsIn(group: FaultGroup, faults: readonly ShownFault[]): readonly ShownFault[] {
  return faults.filter(({ id }) => GROUP_OF[id] === group);
}

interface GroupProps {
  readonly group: FaultGroup;
  readonly faults: readonly ShownFault[];
  readonly refusal: Refusal | undefined;
  readonly now: number;
  readonly board: FaultBoard;
  readonly children: ReactNode;
}

function Group({ group, faults, refusal, now, board, children }: GroupProps): ReactElement {
  const active = faults.filter((fault) => isOn(fault, now)).length;
  const count = faults.length + ownFaultsIn(group).length;
  return (
    <details data-testid={`faults-${group}`} open={group === "session" || undefined}>
      <summary>
        <h3>{GROUP_TITLES[group]}</h3>
        <span>{active === 0 ? count : `${active} of ${count} on`}</span>
      </summary>
      {children}
      <ul>
        {faults.map((fault) => (
          <FaultRow
            key={fault.id}
            fault={fault}
            refusal={refusal?.id === fault.id ? refusal : undefined}
            now={now}
            onEdit={board.forgetRefusal}
            onTurnOn={(parameters) => void board.turnOn(fault.id, parameters)}
            onTurnOff={() => void board.turnOff(fault.id)}
          />
        ))}
      </ul>
    </details>
  );
}
