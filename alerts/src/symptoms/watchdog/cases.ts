import type { AlertCases } from "../alert-case.ts";

/** It always fires, and nothing is to silence it. */
export const WATCHDOG_CASES: AlertCases = {
  fires: [
    {
      title: "fires always",
      series: {},
      at: "1m",
      firing: [
        {
          labels: { severity: "none" },
          description: "Prometheus evaluates its rules and Alertmanager passes on what it is told.",
        },
      ],
    },
  ],
  staysSilent: [],
};
