import type { ComponentProps, ReactElement } from "react";

interface ButtonProps extends Omit<ComponentProps<"button">, "disabled" | "type"> {
  /** Whether pressing it does nothing at the moment. Default: false. */
  readonly isDisabled?: boolean;
  /** Default: `button`. */
  readonly type?: "button" | "submit";
}

/**
 * A button that keeps the keyboard's focus while it does nothing: one with `disabled` would lose it to the body, and whoever comes
 * by keyboard begins at the top of the page again.
 */
export function Button({ isDisabled = false, type = "button", onClick, ...rest }: ButtonProps): ReactElement {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={isDisabled}
      onClick={(event) => {
        if (isDisabled) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
