import { Fragment, type ReactElement, useId, useState } from "react";
import { Button } from "../parts/button.tsx";
import { secondsUntil } from "../parts/time-words.ts";
import { FaultParameters } from "./fault-parameters.tsx";
import { isOn, type ShownFault } from "./fault-state.ts";
import { HOW_TO_SEE } from "./how-to-see.ts";
import type { Refusal } from "./refusals.ts";

interface FaultRowProps {
  readonly fault: ShownFault;
  /** Of this fault. */
  readonly refusal: Refusal | undefined;
  /** In ms since the epoch. */
  readonly now: number;
  /** A parameter is changed. */
  readonly onEdit: () => void;
  readonly onTurnOn: (parameters: Readonly<Record<string, number>>) => void;
  readonly onTurnOff: () => void;
}

/** One fault: its switch, what it does to users, and where it is seen in the numbers. */
export function FaultRow(props: FaultRowProps): ReactElement {
  const { fault, refusal, now, onEdit, onTurnOn, onTurnOff } = props;
  const { id, title, whatUsersSee, metricThatMoves, defaultSeconds, endsAtMs, remedy } = fault;
  const isActive = isOn(fault, now);
  const titleId = useId();
  const aboutId = useId();
  const [wishes, setWishes] = useState<Readonly<Record<string, string>>>({});
  const wish = (name: string, value: string): void => {
    onEdit();
    setWishes((before) => ({ ...before, [name]: value }));
  };
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
        onClick={() => (isActive ? onTurnOff() : onTurnOn(numbersOf(wishes)))}
      />
      <p id={aboutId}>{remedy ?? whatUsersSee}</p>
      {HOW_TO_SEE[id] !== undefined && <p>{HOW_TO_SEE[id]}</p>}
      <FaultParameters fault={fault} wishes={wishes} refusal={refusal} isFixed={isActive} onWish={wish} />
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

/** An empty field is no number, and not 0. */
function numbersOf(wishes: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  const entries = Object.entries(wishes).map(([name, text]) => [
    name,
    text === "" ? Number.NaN : Number(text),
  ]);
  return Object.fromEntries(entries);
}
