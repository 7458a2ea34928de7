import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { deployedRules } from "./deployed-rules.ts";
import { inEnvironment } from "./symptoms/in-environment.ts";
import type { Symptom } from "./symptoms/symptom.ts";
import { wsAuthCloseSpikeSymptom } from "./symptoms/ws-auth-close-spike/index.ts";

/** Every symptom that somebody is told of, without those that the deployment does not want. */
export function symptoms(catalog: Catalog): readonly Symptom[] {
  return [wsAuthCloseSpikeSymptom(catalog)].flatMap((symptom) =>
    deployedRules([symptom.alert], catalog).map((alert) => ({
      alert,
      ...inEnvironment(symptom, catalog.environmentLabels),
    })),
  );
}

/** Those of the product's own catalog. */
export const SYMPTOMS: readonly Symptom[] = symptoms(DEFAULT_CATALOG);
