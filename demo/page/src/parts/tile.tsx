import type { ReactElement } from "react";

interface TileProps {
  readonly name: string;
  readonly value: string;
  /** Default: none. */
  readonly unit?: string;
}

/** One number of several in a row. */
export function Tile({ name, value, unit }: TileProps): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {unit !== undefined && <small> {unit}</small>}
      </dd>
    </div>
  );
}
