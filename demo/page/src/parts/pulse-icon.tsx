import type { ReactElement } from "react";

/** The product's mark: a pulse on a line. */
export function PulseIcon(): ReactElement {
  return (
    <svg className="pulse-icon" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M3 17h7l3-9 5 16 4-10 2 3h5" />
    </svg>
  );
}
