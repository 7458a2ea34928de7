import type { ReactElement, ReactNode } from "react";
import { causeServerError, expireSession, signInElsewhere } from "../page-requests.ts";

interface FaultSwitchesProps {
  readonly isConnected: boolean;
  readonly onDrop: () => void;
}

/** Ways to hurt the connection, to see how the page and the numbers take it. */
export function FaultSwitches({ isConnected, onDrop }: FaultSwitchesProps): ReactElement {
  const isDisabled = !isConnected;
  return (
    <section className="faults" aria-label="Faults">
      <h3>Break something</h3>
      <div className="fault-switches">
        <FaultSwitch testId="drop-connection" isDisabled={isDisabled} onPress={onDrop}>
          Drop socket <code>1000</code>
        </FaultSwitch>
        <FaultSwitch testId="server-error" isDisabled={isDisabled} onPress={causeServerError}>
          Server error <code>1011</code>
        </FaultSwitch>
        <FaultSwitch testId="expire-session" isDisabled={isDisabled} onPress={expireSession}>
          Expire session <code>4401</code>
        </FaultSwitch>
        <FaultSwitch testId="sign-in-elsewhere" isDisabled={isDisabled} onPress={signInElsewhere}>
          Sign in elsewhere <code>4001</code>
        </FaultSwitch>
      </div>
    </section>
  );
}

interface FaultSwitchProps {
  readonly testId: string;
  readonly isDisabled: boolean;
  readonly onPress: () => unknown;
  readonly children: ReactNode;
}

function FaultSwitch({ testId, isDisabled, onPress, children }: FaultSwitchProps): ReactElement {
  return (
    <button
      type="button"
      className="button"
      data-testid={testId}
      disabled={isDisabled}
      onClick={() => void onPress()}
    >
      {children}
    </button>
  );
}
