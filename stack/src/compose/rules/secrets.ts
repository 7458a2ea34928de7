import { type ComposeRule, ofServices } from "../compose-file.ts";

const SECRET_NAME = /PASS(?:WORD|WD)?(?:$|_)|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL/i;
/** It says where a secret is, not what it is. */
const NAMES_A_FILE = /_(?:FILE|PATH|DIR)$|__FILE$/i;
/** It switches something off. */
const A_SWITCH = /^(?:true|false|0|1)$/;
const WITH_CREDENTIALS = /\/\/[^/\s:@]+:[^/\s@]+@/;

/** Whoever may read the file, or list processes and containers, reads no secret. */
export const noSecrets: ComposeRule = ofServices(({ environment = {}, command = [] }, name) => [
  ...Object.entries(environment)
    .filter(
      ([variable, value]) =>
        WITH_CREDENTIALS.test(value) ||
        (SECRET_NAME.test(variable) && !NAMES_A_FILE.test(variable) && !A_SWITCH.test(value)),
    )
    .map(([variable]) => `${name} has ${variable} in its environment; put the secret into a file.`),
  ...command
    .filter((argument) => WITH_CREDENTIALS.test(argument))
    .map(() => `${name} has credentials in its command; put them into a file.`),
]);
