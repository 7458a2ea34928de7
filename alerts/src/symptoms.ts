import type { Symptom } from "./symptoms/symptom.ts";
import { WS_AUTH_CLOSE_SPIKE_SYMPTOM } from "./symptoms/ws-auth-close-spike/index.ts";

/** Every symptom that somebody is told of. */
export const SYMPTOMS: readonly Symptom[] = [WS_AUTH_CLOSE_SPIKE_SYMPTOM];
