import { Fragment, type ReactElement, useId, useState } from "react";
import { Button } from "../parts/button.tsx";
import { secondsUntil } from "../parts/time-words.ts";
import { isOn, type ShownFault } from "./fault-state.ts";

interface FaultRowProps {
  readonly fault: ShownFault;
  /** In ms since the epoch. */
  readonly now: number;
  readonly onTurnOn: (parameters: Readonly<Record<string, number>>) => void;
  readonly onTurnOff: () => void;
}

/** One fault: its switch, what it does to users, and where it is seen in the numbers. */
export function FaultRow({ fault, now, onTurnOn, onTurnOff }: FaultRowProps): ReactElement {
  const { id, title, whatUsersSee, metricThatMoves, defaultSeconds, endsAtMs, remedy } = fault;
  const isActive = isOn(fault, now);
  const titleId = useId();
  const aboutId = useId();
  const [parameters, setParameters] = useState<Readonly<Record<string, number>>>({});
  return (
    <li className="fault" data-testid={`fault-${id}`} data-on={isActive}>
      <h4 id={titleId}>{title}</h4>
      <span className="fault-time">
        {remedy !== undefined && "not available"}
        {remedy === undefined &&
          (isActive ? `${secondsUntil(endsAtMs, now)} s left` : `for ${defaultSeconds} s`)}
      </span>
      <Button
        className="switch"
        role="switch"
        aria-checked={isActive}
        aria-labelledby={titleId}
        aria-describedby={aboutId}
        isDisabled={remedy !== undefined}
        onClick={() => (isActive ? onTurnOff() : onTurnOn(parameters))}
      />
      <p id={aboutId}>{remedy ?? whatUsersSee}</p>
      <FaultParameters
        fault={fault}
        isFixed={isActive}
        onChange={(name, value) => setParameters((before) => ({ ...before, [name]: value }))}
      />
      <Series text={metricThatMoves} />
    </li>
  );
}

/** A series, which may go on in the next line where one of its labels begins, and nowhere else. */
function Series({ text }: { readonly text: string }): ReactElement {
  return (
    <code>
      {text.split(/(?<=[{,])/).map((part) => (
        <Fragment key={part}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}

interface FaultParametersProps {
  readonly fault: ShownFault;
  /** Whether the fault goes on with what it was turned on with. */
  readonly isFixed: boolean;
  readonly onChange: (name: string, value: number) => void;
}

function FaultParameters({ fault, isFixed, onChange }: FaultParametersProps): readonly ReactElement[] {
  return Object.entries(fault.parameters).map(([name, { meaning, default: usual, min, max }]) => (
    <label key={name} className="fault-parameter">
      <span>{meaning}</span>
      <input
        type="number"
        inputMode="decimal"
        name={name}
        defaultValue={fault.values?.[name] ?? usual}
        min={min}
        max={max}
        step="any"
        readOnly={isFixed}
        onChange={({ target }) => onChange(name, target.valueAsNumber)}
      />
    </label>
  ));
}
