import type { Catalog } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases, Fired } from "../alert-case.ts";

/** What collectors look like that are gone, and what only looks like it. */
export function wsCollectorDownCases(catalog: Catalog): AlertCases {
  const job = catalog.jobs.collectors;
  const collector = (instance: string): string => selector("up", { job, instance });
  const one = (instance: string): Fired => ({
    labels: { severity: "ticket", job, instance },
    description: `The collector ${instance} of ${job} has not been scraped for 5 minutes: what its pages report is missing.`,
  });
  const all: Fired = {
    labels: { severity: "page" },
    description: `No collector of ${job} has been scraped for 5 minutes: nobody sees what browsers see, and alerts that read it cannot fire.`,
  };
  return {
    fires: [
      {
        title: "fires for the morning when one of several is gone",
        series: { [collector("a:4391")]: "1x10 0x10", [collector("b:4391")]: "1x20" },
        at: "17m",
        firing: [one("a:4391")],
      },
      {
        title: "fires when none is left",
        series: { [collector("a:4391")]: "1x10 0x10", [collector("b:4391")]: "1x10 0x10" },
        at: "17m",
        firing: [all, one("a:4391"), one("b:4391")],
      },
      { title: "fires when there never was one", series: {}, at: "6m", firing: [all] },
    ],
    staysSilent: [
      {
        title: "stays silent while one restarts",
        series: { [collector("a:4391")]: "1x10 0x3 1x10" },
        at: "15m",
      },
    ],
  };
}
