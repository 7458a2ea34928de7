import { css } from "@emotion/css";
import { EmptyState } from "@grafana/ui";
import type { ReactElement } from "react";

/** Says that what an address names is not there. */
export function NothingHere({ message }: { readonly message: string }): ReactElement {
  return (
    <div className={css({ paddingTop: 64 })}>
      <EmptyState variant="not-found" message={message} hideImage />
    </div>
  );
}
