import { Fragment, type ReactElement, useId } from "react";
import type { ShownFault } from "./fault-state.ts";
import type { Refusal } from "./refusals.ts";

interface FaultParametersProps {
  readonly fault: ShownFault;
  /** What was typed, by parameter. */
  readonly wishes: Readonly<Record<string, string>>;
  readonly refusal: Refusal | undefined;
  /** Whether the fault goes on with what it was turned on with. */
  readonly isFixed: boolean;
  readonly onWish: (name: string, value: string) => void;
}

/** A field for each parameter: what the server has while the fault is on, else what is wished. */
export function FaultParameters(props: FaultParametersProps): readonly ReactElement[] {
  const { fault, wishes, refusal, isFixed, onWish } = props;
  return Object.entries(fault.parameters).map(([name, parameter]) => {
    const wished = wishes[name] ?? String(parameter.default);
    const value = isFixed ? (fault.values?.[name] ?? parameter.default) : wished;
    return (
      <Field
        key={name}
        name={name}
        parameter={parameter}
        value={String(value)}
        problem={refusal?.parameter === name ? refusal.text : undefined}
        isFixed={isFixed}
        onChange={(text) => onWish(name, text)}
      />
    );
  });
}

interface FieldProps {
  readonly name: string;
  readonly parameter: ShownFault["parameters"][string];
  readonly value: string;
  /** What is wrong with the value; undefined when nothing is. */
  readonly problem: string | undefined;
  readonly isFixed: boolean;
  readonly onChange: (text: string) => void;
}

function Field({ name, parameter, value, problem, isFixed, onChange }: FieldProps): ReactElement {
  const problemId = useId();
  return (
    <Fragment>
      <label className="fault-parameter">
        <span>{parameter.meaning}</span>
        <input
          type="number"
          inputMode="decimal"
          name={name}
          value={value}
          min={parameter.min}
          max={parameter.max}
          step="any"
          readOnly={isFixed}
          aria-invalid={problem !== undefined}
          aria-describedby={problemId}
          onChange={({ target }) => onChange(target.value)}
        />
      </label>
      <p id={problemId} className="problem" role="alert" data-testid={`problem-${name}`}>
        {problem}
      </p>
    </Fragment>
  );
}
