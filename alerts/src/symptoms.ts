import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { Symptom } from "./symptoms/symptom.ts";
import { wsAuthCloseSpikeSymptom } from "./symptoms/ws-auth-close-spike/index.ts";

/** Every symptom that somebody is told of. */
export function symptoms(catalog: Catalog): readonly Symptom[] {
  return [wsAuthCloseSpikeSymptom(catalog)];
}

/** Those of the product's own catalog. */
export const SYMPTOMS: readonly Symptom[] = symptoms(DEFAULT_CATALOG);
