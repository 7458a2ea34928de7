import { type Runbook, SYMPTOMS, stepsOf } from "@sockscope/alerts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShell, type TestShell } from "../testing/shell.test-support.ts";

/** What a step runs in Kubernetes. */
function commandsIn(runbook: Runbook): readonly string[] {
  return stepsOf(runbook).flatMap(({ command }) => {
    if (command === undefined) return [];
    return typeof command === "string" ? command : command.kubernetes;
  });
}

const ALL = SYMPTOMS.flatMap(({ name, runbook }) =>
  commandsIn(runbook).map((command) => ({ name, command })),
);

let shell: TestShell;
beforeAll(() => {
  shell = openShell();
});
afterAll(() => shell.close());

/** A Deployment of so many, which a scale changes. */
function deploymentOf(replicas: number): string {
  return `replicas=${replicas}
kubectl() {
  case "$1" in
    get) echo "$replicas" ;;
    scale) for option in "$@"; do case "$option" in --replicas=*) replicas="\${option#--replicas=}" ;; esac; done ;;
  esac
}`;
}

describe("a step that scales out", () => {
  const scales = ALL.filter(({ command }) => command.includes("kubectl scale --"));
  const [{ command } = { command: "" }] = scales;

  async function processesAfter(before: number, ...steps: readonly string[]): Promise<string> {
    const text = [deploymentOf(before), ...steps, 'echo "now $replicas"'].join("\n");
    return (await shell.run(text, { NAMESPACE: "chat", CHAT: "chat" })).stdout;
  }

  it("is on the pages that need it, behind a look at what else decides the number", () => {
    expect(scales.map(({ name }) => name)).toContain("WsReconnectStorm");
    for (const { name } of scales) {
      const before = ALL.filter((step) => step.name === name).map((step) => step.command);
      const scaling = before.findIndex((text) => text.includes("kubectl scale --"));
      const earlier = before.slice(0, scaling).join("\n");
      expect(earlier, name).toContain("kubectl get deployment,hpa");
      expect(earlier, name).toContain("connected_clients");
    }
  });

  it("adds half as many again, and says from what to what", async () => {
    expect(await processesAfter(4, command)).toBe("4 -> 6\nnow 6\n");
    expect(await processesAfter(1, command)).toBe("1 -> 2\nnow 2\n");
  });

  it("adds no more when it is run again", async () => {
    expect(await processesAfter(4, command, command)).toContain("now 6\n");
  });

  it("never takes any away", async () => {
    expect(await processesAfter(4, command, "replicas=20", command)).toContain("now 20\n");
    expect(await processesAfter(0, command)).toContain("now 0\n");
  });
});

describe("steps", () => {
  it("pause nothing that is to be taken back", () => {
    expect(ALL.filter(({ command }) => command.includes("rollout pause"))).toEqual([]);
  });

  it("that look at a proxy hide no error, and name the place of its own settings", () => {
    const looks = SYMPTOMS.flatMap(({ runbook }) => stepsOf(runbook)).flatMap(({ does, command }) =>
      typeof command === "object" && command.hosts.includes("nginx -T") ? [{ does, command }] : [],
    );
    expect(looks).not.toEqual([]);
    for (const { does, command } of looks) {
      expect(command.hosts).not.toContain("/dev/null");
      expect(command.hosts).toMatch(/^sudo /);
      expect(command.kubernetes).toContain('"$INGRESS_NAMESPACE"');
      expect(does).toContain("default");
    }
  });
});
