import { type ReactElement, useState } from "react";
import { causeServerError, expireSession, signInElsewhere } from "../page-requests.ts";
import { Button } from "../parts/button.tsx";
import type { FaultGroup } from "./fault-groups.ts";

/** Something that is done once, to this page's connection only. */
interface OwnFault {
  readonly group: FaultGroup;
  readonly testId: string;
  readonly title: string;
  /** With which the connection ends. */
  readonly code: number;
  /** Rejects when the server does not answer. Default: the page does it by itself. */
  readonly ask?: () => Promise<void>;
}

const OWN_FAULTS: readonly OwnFault[] = [
  { group: "session", testId: "expire-session", title: "Expire session", code: 4401, ask: expireSession },
  {
    group: "session",
    testId: "sign-in-elsewhere",
    title: "Sign in elsewhere",
    code: 4001,
    ask: signInElsewhere,
  },
  { group: "server", testId: "server-error", title: "Server error", code: 1011, ask: causeServerError },
  { group: "session", testId: "leave-chat", title: "Leave the chat", code: 1000 },
];

/** Those that are shown in a group. */
export function ownFaultsIn(group: FaultGroup): readonly OwnFault[] {
  return OWN_FAULTS.filter((fault) => fault.group === group);
}

interface OwnFaultsProps {
  readonly group: FaultGroup;
  readonly isConnected: boolean;
  /** Ends the connection. */
  readonly onDrop: () => void;
}

/** Ways to end this page's connection once, to see how the page and the numbers take it. */
export function OwnFaults({ group, isConnected, onDrop }: OwnFaultsProps): ReactElement | null {
  const [problem, setProblem] = useState<string>();
  const own = ownFaultsIn(group);
  if (own.length === 0) return null;
  const press = ({ title, ask }: OwnFault): void => {
    setProblem(undefined);
    if (ask === undefined) onDrop();
    else ask().catch(() => setProblem(`“${title}” was not done: the server does not answer.`));
  };
  return (
    <div className="own-faults">
      {own.map((fault) => (
        <Button
          key={fault.testId}
          className="button"
          data-testid={fault.testId}
          isDisabled={!isConnected}
          onClick={() => press(fault)}
        >
          {fault.title} <code>{fault.code}</code>
        </Button>
      ))}
      <p className="problem" role="alert">
        {problem}
      </p>
    </div>
  );
}
