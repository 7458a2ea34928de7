import {
  CLOSE_CODE_LABELS,
  DEFAULT_CATALOG,
  labelCombinations,
  WITHOUT_CLOSE_FRAME,
} from "@sockscope/catalog";
import { wireName } from "@sockscope/catalog/protocol";
import {
  AFFECTED_AGAIN_MS,
  AFFECTED_SESSIONS,
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECT_TIMEOUT_MS,
  CONNECTION_DURATION,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  PATIENCE_MS,
  STABLE_UPTIME_MS,
  TELEMETRY_LOST,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import type { Recorder } from "../record/recorder.ts";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { type FakeWebSocket, fakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { createTestPage, labelsOf, takenLines } from "../testing/test-page.test-support.ts";
import type { OwnVocabulary } from "../vocabulary.ts";
import type { ObserveOptions } from "./observe-socket.ts";
import type { SocketLike } from "./shadow.ts";

function setUp(own: OwnVocabulary = {}) {
  const host = new FakeHost();
  const page = createTestPage(host, own);
  const { recorder, observations } = page;
  const observe = (socket: SocketLike, options: ObserveOptions = {}) => observations.observe(socket, options);
  /** The task in which something happened is over; no time passes. */
  const nextTask = () => {
    for (const [timer, { at, callback }] of host.timers) {
      if (at > host.clock) continue;
      host.timers.delete(timer);
      callback();
    }
  };
  return { ...page, page: host, observe, nextTask, recorded: () => recorded(recorder) };
}

/** What this file is about; what endpoints and silences are has tests of its own. */
const RECORDED: readonly string[] = [
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CLOSES,
  CONNECTION_DURATION,
  AFFECTED_SESSIONS,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  TELEMETRY_LOST,
].map(({ name }) => wireName(name));

/** What was recorded since the last time: counters as they travel, of histograms how many values and their sum. */
function recorded(recorder: Recorder): string[] {
  return takenLines(recorder)
    .filter((line) => RECORDED.includes(line.split(/[/ ]/)[0] ?? ""))
    .map((line) => {
      const [series, , buckets, sum] = line.split(" ");
      const count = buckets?.split(",").reduce((total, bucket) => total + Number(bucket.split(":")[1]), 0);
      return sum === undefined ? line : `${series} ${count} ${sum}`;
    })
    .sort();
}

function line(name: string, labels: readonly string[], ...values: readonly number[]): string {
  return [[wireName(name), ...labels].join("/"), ...values].join(" ");
}

const attempt = (outcome: string, trigger = "initial") => line(CONNECT_ATTEMPTS.name, [outcome, trigger], 1);
const connected = (seconds: number) => line(CONNECT_DURATION.name, [], 1, seconds);
const closed = (code: string, phase: string, endedBy: string) => line(CLOSES.name, [code, phase, endedBy], 1);
const lived = (seconds: number) => line(CONNECTION_DURATION.name, [], 1, seconds);
const affected = (code: string, sessions = 1) => line(AFFECTED_SESSIONS.name, [code], sessions);
const frame = line(FRAMES_RECEIVED.name, ["pong"], 1);
const internalFault = line(TELEMETRY_LOST.name, ["internal"], 1);

const PONG = '{"type":"pong"}';
const FAILED = [attempt("failed"), closed("1006", "never_opened", "network"), affected("1006")].sort();

interface Row {
  readonly what: string;
  readonly happens: (at: ReturnType<typeof setUp> & { socket: FakeWebSocket & WebSocket }) => void;
  readonly moves: readonly string[];
}

/** What happens to a socket that is observed from its construction on, and every series that moves. */
const ROWS: readonly Row[] = [
  {
    what: "the server accepts and sends a frame",
    happens: ({ page, socket }) => {
      page.clock += 250;
      socket.open();
      socket.receive(PONG);
    },
    moves: [attempt("opened"), connected(0.25), frame],
  },
  {
    what: "the server accepts, and the batch comes before anything is decided",
    happens: ({ page, socket, observations }) => {
      socket.open();
      page.clock += STABLE_UPTIME_MS - 1;
      observations.settle();
    },
    moves: [],
  },
  {
    what: "the server accepts and is silent for the stable uptime",
    happens: ({ page, socket, observations }) => {
      socket.open();
      page.clock += STABLE_UPTIME_MS;
      observations.settle();
      observations.settle();
    },
    moves: [attempt("opened"), connected(0)],
  },
  {
    what: "the server accepts and closes 4401",
    happens: ({ socket }) => {
      socket.open();
      socket.end(4401);
    },
    moves: [attempt("rejected"), closed("4401", "opened", "peer"), lived(0), affected("4401")],
  },
  {
    what: "the server accepts and closes 1000",
    happens: ({ socket }) => {
      socket.open();
      socket.end(1000);
    },
    moves: [attempt("rejected"), closed("1000", "opened", "peer"), lived(0)],
  },
  {
    what: "the server accepts and closes without a code",
    happens: ({ socket }) => {
      socket.open();
      socket.end(1005);
    },
    moves: [attempt("dropped"), closed("1005", "opened", "peer"), lived(0), affected("1005")],
  },
  {
    what: "the server accepts and closes 1011 within the stable uptime",
    happens: ({ page, socket }) => {
      socket.open();
      page.clock += STABLE_UPTIME_MS - 1;
      socket.end(1011);
    },
    moves: [attempt("dropped"), closed("1011", "opened", "peer"), lived(4.999), affected("1011")],
  },
  {
    what: "the server accepts and closes 4401 after the stable uptime, and nobody asked meanwhile",
    happens: ({ page, socket }) => {
      socket.open();
      page.clock += STABLE_UPTIME_MS;
      socket.end(4401);
    },
    moves: [attempt("opened"), connected(0), closed("4401", "opened", "peer"), lived(5), affected("4401")],
  },
  {
    what: "the network cuts the connection at once",
    happens: ({ socket }) => {
      socket.open();
      socket.end(1006);
    },
    moves: [attempt("dropped"), closed("1006", "opened", "network"), lived(0), affected("1006")],
  },
  {
    what: "an endpoint that is no browser reports a failed TLS handshake",
    happens: ({ socket }) => socket.end(1015),
    moves: [attempt("failed"), closed("1015", "never_opened", "network"), affected("1015")],
  },
  { what: "the handshake fails", happens: ({ socket }) => socket.end(1006), moves: FAILED },
  {
    what: "the handshake is still under way when an attempt counts as timed out, and fails then",
    happens: ({ page, socket, observations }) => {
      page.clock += CONNECT_TIMEOUT_MS - 1;
      observations.settle();
      page.clock += 1;
      observations.settle();
      observations.settle();
      socket.end(1006);
    },
    moves: [attempt("timed_out"), closed("1006", "never_opened", "network"), affected("1006")],
  },
  {
    what: "the handshake fails after the time in which an attempt times out, and nobody asked meanwhile",
    happens: ({ page, socket }) => {
      page.clock += CONNECT_TIMEOUT_MS;
      socket.end(1006);
    },
    moves: [attempt("timed_out"), closed("1006", "never_opened", "network"), affected("1006")],
  },
  {
    what: "the handshake succeeds after the attempt was counted as timed out",
    happens: ({ page, socket, observations }) => {
      page.clock += CONNECT_TIMEOUT_MS;
      observations.settle();
      socket.open();
      page.clock += 60_000;
      socket.receive(PONG);
      socket.end(1012);
    },
    moves: [attempt("timed_out"), frame, closed("1012", "opened", "peer"), lived(60), affected("1012")],
  },
  {
    what: "the handshake succeeds after the time in which an attempt times out, and nobody asked meanwhile",
    happens: ({ page, socket }) => {
      page.clock += CONNECT_TIMEOUT_MS;
      socket.open();
      socket.receive(PONG);
    },
    moves: [attempt("timed_out"), frame],
  },
  {
    what: "the page gives up an attempt that was counted as timed out",
    happens: ({ page, socket, observations }) => {
      page.clock += CONNECT_TIMEOUT_MS;
      observations.settle();
      socket.close();
      socket.end(1006);
    },
    moves: [attempt("timed_out")],
  },
  {
    what: "the page closes the socket while it connects",
    happens: ({ socket }) => {
      socket.close();
      socket.end(1006);
    },
    moves: [attempt("aborted")],
  },
  {
    what: "the page closes the socket in the task in which it opens",
    happens: ({ page, socket, nextTask }) => {
      socket.open();
      socket.close();
      nextTask();
      page.clock += STABLE_UPTIME_MS;
      socket.end(1005);
    },
    moves: [attempt("aborted")],
  },
  {
    what: "the page closes the socket later, before anything is decided",
    happens: ({ page, socket, nextTask }) => {
      socket.open();
      nextTask();
      page.clock += 2_000;
      socket.close();
      socket.end(1005);
    },
    moves: [attempt("aborted"), closed("1005", "opened", "page"), lived(2)],
  },
  {
    what: "the page closes the socket just before it counts as opened, and the peer answers after",
    happens: ({ page, socket, nextTask, observations }) => {
      socket.open();
      nextTask();
      page.clock += STABLE_UPTIME_MS - 1;
      socket.close();
      page.clock += 2;
      observations.settle();
      socket.end(1005);
    },
    moves: [attempt("aborted"), closed("1005", "opened", "page"), lived(5.001)],
  },
  {
    what: "the page gives up an attempt after it has waited, and the browser says so after",
    happens: ({ page, socket, observations }) => {
      page.clock += PATIENCE_MS;
      socket.close();
      page.clock += CONNECT_TIMEOUT_MS;
      observations.settle();
      socket.end(1006);
    },
    moves: [attempt("timed_out")],
  },
  {
    what: "the page changes its mind while it connects, and the browser says so after",
    happens: ({ page, socket, observations }) => {
      page.clock += PATIENCE_MS - 1;
      socket.close();
      page.clock += CONNECT_TIMEOUT_MS;
      observations.settle();
      socket.end(1006);
    },
    moves: [attempt("aborted")],
  },
  {
    what: "the page closes what opened and has been silent, in a tab whose timers are late",
    happens: ({ page, socket, observations }) => {
      socket.open();
      page.clock += STABLE_UPTIME_MS;
      observations.settle();
      socket.close();
      socket.end(1005);
    },
    moves: [attempt("opened"), connected(0), closed("1005", "opened", "page"), lived(5)],
  },
  {
    what: "a frame comes of what the page gave up in the task in which it opened",
    happens: ({ socket }) => {
      socket.open();
      socket.close();
      socket.receive(PONG);
      socket.end(1005);
    },
    moves: [attempt("aborted"), frame],
  },
  {
    what: "somebody keeps the close event from everybody else",
    happens: ({ page, socket, observations }) => {
      socket.open();
      socket.receive(PONG);
      page.clock += 10_000;
      socket.readyState = socket.CLOSED;
      observations.settle();
      observations.settle();
      observations.settle();
    },
    moves: [attempt("opened"), connected(0), frame, internalFault],
  },
  {
    what: "the page closes the socket when it counts as opened, and nobody asked meanwhile",
    happens: ({ page, socket, nextTask }) => {
      socket.open();
      nextTask();
      page.clock += STABLE_UPTIME_MS;
      socket.close();
      socket.end(1005);
    },
    moves: [attempt("opened"), connected(0), closed("1005", "opened", "page"), lived(5)],
  },
  {
    what: "the page gives up when an attempt has timed out, and nobody asked meanwhile",
    happens: ({ page, socket }) => {
      page.clock += CONNECT_TIMEOUT_MS;
      socket.close();
      socket.end(1006);
    },
    moves: [attempt("timed_out")],
  },
  {
    what: "the page closes the socket in the task of the first frame, which comes with the opening",
    happens: ({ socket }) => {
      socket.open();
      socket.receive(PONG);
      socket.close(4000);
      socket.end(4000);
    },
    moves: [attempt("opened"), connected(0), frame, closed("4000", "opened", "page"), lived(0)],
  },
  {
    what: "the page closes the socket and the peer never answers",
    happens: ({ page, socket, nextTask }) => {
      socket.open();
      nextTask();
      socket.receive(PONG);
      page.clock += 60_000;
      socket.close();
      socket.end(1006);
    },
    moves: [attempt("opened"), connected(0), frame, closed("1006", "opened", "page"), lived(60)],
  },
  {
    what: "the user leaves while the page connects",
    happens: ({ observations }) => observations.leave(),
    moves: [attempt("aborted")],
  },
  {
    what: "the user leaves before anything is decided",
    happens: ({ page, socket, observations }) => {
      socket.open();
      page.clock += 2_000;
      observations.leave();
    },
    moves: [attempt("aborted"), closed("none", "opened", "left"), lived(2)],
  },
  {
    what: "the user leaves, and the close event comes after the return",
    happens: ({ page, socket, observations }) => {
      socket.open();
      page.clock += 60_000;
      observations.leave();
      observations.leave();
      page.clock += 60_000;
      observations.settle();
      socket.end(1006);
    },
    moves: [attempt("opened"), connected(0), closed("none", "opened", "left"), lived(60)],
  },
  {
    what: "the user leaves and returns to frames that waited, and to the news that the connection was cut",
    happens: ({ page, socket, observations }) => {
      socket.open();
      page.clock += 60_000;
      observations.leave();
      page.clock += 60_000;
      socket.receive(PONG);
      page.clock += STABLE_UPTIME_MS - 1;
      socket.end(1006);
    },
    moves: [attempt("opened"), connected(0), closed("none", "opened", "left"), lived(60), frame],
  },
  {
    what: "the user leaves and returns to a connection that is cut later, whose end is recorded already",
    happens: ({ page, socket, observations }) => {
      socket.open();
      page.clock += 60_000;
      observations.leave();
      socket.receive(PONG);
      page.clock += STABLE_UPTIME_MS;
      socket.end(1006);
    },
    moves: [
      attempt("opened"),
      connected(0),
      closed("none", "opened", "left"),
      lived(60),
      frame,
      affected("1006"),
    ],
  },
  {
    what: "the user leaves and returns to frames that waited, and to the server's close",
    happens: ({ page, socket, observations }) => {
      socket.open();
      page.clock += 60_000;
      observations.leave();
      page.clock += 60_000;
      socket.receive(PONG);
      socket.end(1012);
    },
    moves: [
      attempt("opened"),
      connected(0),
      closed("none", "opened", "left"),
      lived(60),
      frame,
      affected("1012"),
    ],
  },
  {
    what: "the user leaves while the page connects, and returns to a connection that opened",
    happens: ({ page, socket, observations }) => {
      observations.leave();
      page.clock += 60_000;
      socket.open();
      socket.receive(PONG);
      page.clock += 60_000;
      socket.end(1012);
    },
    moves: [attempt("aborted"), frame, closed("1012", "opened", "peer"), affected("1012")],
  },
  {
    what: "the user leaves and returns to a connection that is alive",
    happens: ({ page, socket, observations }) => {
      socket.open();
      page.clock += 60_000;
      observations.leave();
      page.clock += 60_000;
      socket.receive(PONG);
      page.clock += 60_000;
      socket.end(1012);
    },
    moves: [
      attempt("opened"),
      connected(0),
      closed("none", "opened", "left"),
      lived(60),
      frame,
      affected("1012"),
    ],
  },
];

describe("what happens to a socket, and every series that moves", () => {
  it.each(ROWS.map((row) => [row.what, row] as const))("%s", (_, { happens, moves }) => {
    const at = setUp();
    const socket = fakeWebSocket();
    at.observe(socket);
    happens({ ...at, socket });
    expect(at.recorded()).toEqual([...moves].sort());
  });
});

describe("affected sessions", () => {
  it("count a page that fails with the same code every six seconds once in ten minutes", () => {
    const { page, observe, recorded } = setUp();
    for (let passedMs = 0; passedMs <= AFFECTED_AGAIN_MS; passedMs += 6_000) {
      const socket = fakeWebSocket();
      observe(socket);
      socket.open();
      socket.end(4401);
      page.clock += 6_000;
      page.wall += 6_000;
    }
    const moved = recorded();
    expect(moved).toContain(affected("4401", 2));
    expect(moved).toContain(line(CLOSES.name, ["4401", "opened", "peer"], AFFECTED_AGAIN_MS / 6_000 + 1));
  });

  it("count each code for itself", () => {
    const { observe, recorded } = setUp();
    for (const code of [4401, 1011, 4401]) {
      const socket = fakeWebSocket();
      observe(socket);
      socket.open();
      socket.end(code);
    }
    expect(recorded()).toEqual(expect.arrayContaining([affected("4401"), affected("1011")]));
  });
});

describe("affected sessions across reloads", () => {
  it("count one user once who reloads the page", () => {
    const host = new FakeHost();
    let lines: readonly string[] = [];
    for (const passedMs of [0, 1_000, AFFECTED_AGAIN_MS]) {
      host.wall += passedMs;
      const { recorder, observations } = createTestPage(host);
      const socket = fakeWebSocket();
      observations.observe(socket);
      socket.open();
      socket.end(4401);
      lines = [...lines, ...recorded(recorder)];
    }
    expect(lines.filter((text) => text === affected("4401"))).toHaveLength(2);
  });

  it("count one user once in a tab that keeps nothing more", () => {
    const host = new FakeHost();
    host.memory.set("sockscope:chat:affected", '{"4401":1}');
    const { getItem } = host.sessionStorage();
    const full = () => {
      throw new DOMException("quota", "QuotaExceededError");
    };
    host.sessionStorage = () => ({ getItem, setItem: full, removeItem: full });
    const { recorder, observations } = createTestPage(host);
    for (let cuts = 0; cuts < 2; cuts++) {
      const socket = fakeWebSocket();
      observations.observe(socket);
      socket.open();
      socket.end(4401);
    }
    expect(recorded(recorder)).toContain(affected("4401"));
  });

  it("go on counting when the wall clock was set back, and when the tab remembers nonsense", () => {
    const host = new FakeHost();
    host.memory.set("sockscope:chat:affected", '{"4401":99999999999999}');
    const { recorder, observations } = createTestPage(host);
    const socket = fakeWebSocket();
    observations.observe(socket);
    socket.open();
    socket.end(4401);
    expect(recorded(recorder)).toContain(affected("4401"));
    host.memory.set("sockscope:chat:affected", "{");
    const other = createTestPage(host);
    const late = fakeWebSocket();
    other.observations.observe(late);
    late.open();
    late.end(4401);
    expect(recorded(other.recorder)).toContain(affected("4401"));
  });
});

describe("observing a socket", () => {
  it("counts an attempt under its trigger, and under other when the catalog does not know it", () => {
    const { observe, recorded } = setUp();
    for (const trigger of ["backoff", "full moon" as "backoff"] as const) {
      const socket = fakeWebSocket();
      observe(socket, { trigger });
      socket.close();
      socket.end(1006);
    }
    expect(recorded()).toEqual([attempt("aborted", "backoff"), attempt("aborted", "other")]);
  });

  it("records a failed attempt when the page calls close in its error listener", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    socket.addEventListener("error", () => socket.close());
    observe(socket);
    socket.end(1006);
    expect(recorded()).toEqual(FAILED);
  });

  it("records a failed attempt when the browser refused the page's close", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket);
    expect(() => socket.close(1006)).toThrow(DOMException);
    socket.end(1006);
    expect(recorded()).toEqual(FAILED);
  });

  it("counts frames by event in both directions", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket);
    socket.open();
    socket.receive(PONG);
    recorded();
    socket.receive('{"type":"chat_status","event":"typing","value":true}');
    socket.receive(new ArrayBuffer(4));
    socket.send('{"type":"client_hello","thread_id":"t"}');
    expect(recorded()).toEqual(
      [
        line(FRAMES_RECEIVED.name, ["typing"], 1),
        line(FRAMES_RECEIVED.name, ["other"], 1),
        line(FRAMES_SENT.name, ["client_hello"], 1),
      ].sort(),
    );
    expect(socket.sent).toEqual(['{"type":"client_hello","thread_id":"t"}']);
  });

  it("names frames as the application says", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket, { receivedEvent: () => "pong", sentEvent: () => "full moon" as "ping" });
    socket.open();
    socket.receive("x");
    recorded();
    socket.receive("x");
    socket.send("y");
    expect(recorded()).toEqual([frame, line(FRAMES_SENT.name, ["other"], 1)]);
  });

  it("does not count a send that throws or that the browser discards", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket);
    expect(() => socket.send("early")).toThrow(DOMException);
    socket.open();
    socket.close();
    recorded();
    socket.send("late");
    expect(recorded()).toEqual([]);
  });

  it("counts only frames and the close of a socket that was open before", () => {
    const { page, observe, recorded } = setUp();
    const socket = fakeWebSocket();
    socket.open();
    observe(socket);
    socket.receive(PONG);
    page.clock += 1_000;
    socket.end(1000);
    expect(recorded()).toEqual([closed("1000", "opened", "peer"), frame]);
  });

  it("counts the page's own close of a socket that was open before, and that sent nothing", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    socket.open();
    observe(socket);
    socket.close();
    socket.end(1005);
    expect(recorded()).toEqual([closed("1005", "opened", "page")]);
  });

  it("calls the method underneath with what it was called with, and returns the same", () => {
    const { observe } = setUp();
    const calls: unknown[][] = [];
    const socket = Object.assign(fakeWebSocket(), {
      send(this: unknown, ...args: unknown[]) {
        calls.push([this, ...args]);
        return "sent";
      },
    });
    observe(socket);
    const theirs = {};
    expect(Reflect.apply(socket.send, theirs, ["frame", "more"])).toBe("sent");
    expect(calls).toEqual([[theirs, "frame", "more"]]);
    expect(calls[0]?.[0]).toBe(theirs);
  });

  it("asks nothing more of a socket that has ended", () => {
    const { observations, observe } = setUp();
    const socket = fakeWebSocket();
    observe(socket);
    socket.end(1006);
    let asked = 0;
    Object.defineProperty(socket, "readyState", { get: () => ++asked });
    observations.settle();
    expect(asked).toBe(0);
  });

  it("takes back what it can when a socket does not let it, and counts that", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    const before = Object.getOwnPropertyNames(socket);
    const observation = observe(socket);
    socket.removeEventListener = () => {
      throw new Error("not today");
    };
    expect(() => observation.stop()).not.toThrow();
    expect(Object.getOwnPropertyNames(socket)).toEqual([...before, "removeEventListener"]);
    expect(recorded()).toEqual([line(TELEMETRY_LOST.name, ["internal"], 3)]);
  });

  it("records nothing of a socket that is closing already", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    socket.close();
    observe(socket);
    socket.end(1006);
    expect(socket.listeners).toBe(0);
    expect(recorded()).toEqual([]);
  });

  it("returns the same observation for the same socket and counts once", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    const first = observe(socket);
    expect(observe(socket)).toBe(first);
    socket.end(1006);
    expect(observe(socket)).toBe(first);
    expect(recorded()).toEqual(FAILED);
  });

  it.each(["stop", "close"])("leaves the socket as it was after %s", (how) => {
    const { observe } = setUp();
    const socket = fakeWebSocket();
    const before = Object.getOwnPropertyNames(socket);
    const observation = observe(socket);
    expect(Object.getOwnPropertyNames(socket)).toEqual([...before, "send", "close"]);
    if (how === "stop") observation.stop();
    else socket.end(1006);
    expect(Object.getOwnPropertyNames(socket)).toEqual(before);
    expect(socket.listeners).toBe(0);
  });

  it("leaves every socket as it was, and observes no other, when all is stopped", () => {
    const { observations, observe, recorded } = setUp();
    const sockets = [fakeWebSocket(), fakeWebSocket()];
    for (const socket of sockets) observe(socket);
    observations.stop();
    const late = fakeWebSocket();
    observe(late);
    for (const socket of [...sockets, late]) {
      expect(socket.listeners).toBe(0);
      expect(Object.hasOwn(socket, "send")).toBe(false);
      socket.end(1006);
    }
    expect(recorded()).toEqual([]);
  });

  it("gives back the method that another library had put on the socket", () => {
    const { observe } = setUp();
    const socket = fakeWebSocket();
    const theirs = () => {};
    socket.send = theirs;
    observe(socket).stop();
    expect(socket.send).toBe(theirs);
  });

  it("stays underneath, and silent, when another library wrapped it afterwards", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    const observation = observe(socket);
    const ours = socket.send;
    const theirs = (frame: string) => ours.call(socket, frame);
    socket.send = theirs as typeof socket.send;
    socket.open();
    recorded();
    observation.stop();
    expect(socket.send).toBe(theirs);
    socket.send("still arrives");
    expect(socket.sent).toEqual(["still arrives"]);
    expect(recorded()).toEqual([]);
  });

  it("counts a fault instead of throwing when the application cannot name a frame", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    const fail = () => {
      throw new Error("no name");
    };
    observe(socket, { sentEvent: fail });
    socket.open();
    recorded();
    expect(() => socket.send("frame")).not.toThrow();
    expect(socket.sent).toEqual(["frame"]);
    expect(recorded()).toEqual([internalFault]);
  });

  it("counts a fault and takes everything back when a listener cannot be added", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    const add = socket.addEventListener.bind(socket) as FakeWebSocket["addEventListener"];
    socket.addEventListener = ((type: string, listener: EventListener) => {
      if (type === "open") throw new Error("no more listeners");
      add(type, listener);
    }) as typeof socket.addEventListener;
    observe(socket).stop();
    expect(socket.listeners).toBe(0);
    expect(Object.hasOwn(socket, "send")).toBe(false);
    socket.end(1006);
    expect(recorded()).toEqual([internalFault]);
  });

  it("counts a fault instead of throwing when there is no socket", () => {
    const { observe, recorded } = setUp();
    expect(() => observe(undefined as unknown as WebSocket).stop()).not.toThrow();
    expect(recorded()).toEqual([internalFault]);
  });
});

describe("whatever happens to a socket", () => {
  const CODES = [...CLOSE_CODE_LABELS.map(Number), 1016, 3999, 4999].filter((code) => code > 0);
  /** A browser says 1006 or 1015 of a connection that never opened. */
  const NEVER_OPENED = WITHOUT_CLOSE_FRAME.map(Number);
  const ENDS = [
    ...CODES.map((code) => ({ code, opens: true })),
    ...NEVER_OPENED.map((code) => ({ code, opens: false })),
  ].flatMap((end) => ["peer", "page", "page that left"].map((who) => ({ ...end, who })));

  it.each(ENDS)(
    "is recorded under labels that the catalog has: $code, opened: $opens, by the $who",
    (end) => {
      const { observe, observations, nextTask, recorder } = setUp();
      const socket = fakeWebSocket();
      observe(socket);
      if (end.opens) socket.open();
      nextTask();
      if (end.who === "page") socket.close();
      if (end.who === "page that left") observations.leave();
      socket.end(end.code);
      const series = takenLines(recorder).map((line) => line.split(" ", 1)[0] ?? "");
      expect(series).not.toEqual([]);
      for (const text of series) {
        const about =
          DEFAULT_CATALOG.clientMetrics.find(({ metric }) => wireName(metric.name) === text.split("/")[0]) ??
          expect.fail();
        expect(labelCombinations(about), text).toContainEqual(labelsOf(text));
      }
    },
  );
});
