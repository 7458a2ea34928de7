/**
 * Every value of the label `code`: one per code that the policy decides by itself, and one per range of the others.
 *
 * See {@link https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number | the IANA registry}.
 */
export type CloseCodeLabel =
  | "1000"
  | "1001"
  | "1002"
  | "1003"
  | "1004"
  | "1005"
  | "1006"
  | "1007"
  | "1008"
  | "1009"
  | "1010"
  | "1011"
  | "1012"
  | "1013"
  | "1014"
  | "1015"
  | "3000"
  | "3003"
  | "3008"
  | "3xxx"
  | "4401"
  | "4403"
  | "4xxx"
  | "unassigned";

/** The values of {@link CloseCodeLabel}, in the order in which tables list them. */
export const CLOSE_CODE_LABELS: readonly CloseCodeLabel[] = [
  "1000",
  "1001",
  "1002",
  "1003",
  "1004",
  "1005",
  "1006",
  "1007",
  "1008",
  "1009",
  "1010",
  "1011",
  "1012",
  "1013",
  "1014",
  "1015",
  "3000",
  "3003",
  "3008",
  "3xxx",
  "4401",
  "4403",
  "4xxx",
  "unassigned",
];

/**
 * The label value for a close code, so that no code can create a series of its own.
 *
 * @param code as in `CloseEvent.code`
 */
export function closeCodeLabel(code: number): CloseCodeLabel {
  const known = (label: string) => CLOSE_CODE_LABELS.find((candidate) => candidate === label);
  return known(String(code)) ?? known(`${Math.floor(code / 1000)}xxx`) ?? "unassigned";
}
