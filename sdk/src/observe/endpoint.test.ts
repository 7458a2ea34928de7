import {
  AFFECTED_SESSIONS,
  AFTERMATH_MS,
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECT_TIMEOUT_MS,
  CONNECTION_DURATION,
  type ConnectTrigger,
  DOWNTIME,
  INBOUND_SILENCE,
  PATIENCE_MS,
  RECONNECT_DELAY,
  RECONNECT_EPISODE_ATTEMPTS,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
  SILENT_GIVE_UP_MS,
  STABLE_UPTIME_MS,
  TIME,
  UNANSWERED_CLOSE_MS,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { LONGEST_NAP_MS } from "../page/page-clock.ts";
import { fakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { createLivingPage } from "../testing/living-page.test-support.ts";
import { MAX_ENDPOINTS } from "./observations.ts";

const PONG = '{"type":"pong"}';
const HOUR_MS = 3_600_000;

describe("the time of a page that wants a connection", () => {
  it("is counted in whole seconds by what the page had, from the first attempt on", () => {
    const { connect, pass, observations, totals } = createLivingPage();
    pass(10_000);
    const socket = connect();
    pass(1_500);
    socket.open();
    pass(60_000);
    observations.settle();
    expect(totals().shown(TIME)).toEqual(["connected 60", "reconnecting 1"]);
  });

  it("keeps what is less than a second for the next time the page is in that state", () => {
    const { connect, pass, totals } = createLivingPage();
    for (let connections = 0; connections < 10; connections++) {
      const socket = connect({ trigger: "backoff" });
      pass(300);
      socket.open();
      pass(700);
      socket.end(1012);
    }
    pass(1);
    expect(totals().shown(TIME)).toEqual(["connected 7", "reconnecting 3"]);
  });

  it("does not grow while the page wants nothing", () => {
    const { open, pass, endTask, totals } = createLivingPage();
    const socket = open();
    endTask();
    pass(10_000);
    socket.close();
    socket.end(1000);
    pass(10_000);
    expect(totals().shown(TIME)).toEqual(["connected 10"]);
  });

  it("ends when the peer says that there is no more to want", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const socket = open();
    pass(10_000);
    socket.end(1000);
    pass(10_000);
    expect(totals().shown(TIME)).toEqual(["connected 10"]);
    expect(observations.worstState()).toBeUndefined();
  });

  it.each([4401, 4403])("is time of a page that was rejected after %i, until it tries again", (code) => {
    const { open, connect, pass, totals } = createLivingPage();
    open().end(code);
    pass(30_000);
    connect({ trigger: "manual" });
    pass(5_000);
    expect(totals().shown(TIME)).toEqual(["reconnecting 5", "rejected 30"]);
  });

  it("is time of a page that gave up, until it tries again", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const socket = open();
    const observation = observations.observe(socket);
    pass(STABLE_UPTIME_MS);
    socket.end(1006);
    observation.gaveUp();
    pass(30_000);
    expect(observations.worstState()).toBe("gave_up");
    open({ trigger: "manual" });
    pass(5_000);
    expect(totals().shown(TIME)).toEqual(["connected 10", "gave_up 30"]);
  });

  it.each([
    ["gave up", "gave_up", 1006],
    ["was rejected", "rejected", 4401],
  ] as const)("is none where nobody sees a page that %s", (_what, state, code) => {
    const { open, pass, setVisible, observations, totals } = createLivingPage();
    const socket = open();
    const observation = observations.observe(socket);
    pass(STABLE_UPTIME_MS);
    socket.end(code);
    if (state === "gave_up") observation.gaveUp();
    pass(3_000);
    setVisible(false);
    pass(40_000);
    setVisible(true);
    pass(2_000);
    expect(totals().shown(TIME)).toEqual(["connected 5", `${state} 5`]);
  });

  it("is reconnecting also where nobody sees the page", () => {
    const { open, pass, setVisible, totals } = createLivingPage();
    const socket = open();
    setVisible(false);
    socket.end(1006);
    pass(20_000);
    expect(totals().shown(TIME)).toEqual(["reconnecting 20"]);
  });

  it("does not begin when a client gives up that wants nothing any more", () => {
    const { open, pass, endTask, observations, totals } = createLivingPage();
    const socket = open();
    const observation = observations.observe(socket);
    endTask();
    socket.close();
    socket.end(1005);
    observation.gaveUp();
    pass(10_000);
    expect(observations.worstState()).toBeUndefined();
    expect(totals().shown(TIME)).toEqual([]);
  });

  it("is connected time when a client gives up an attempt beside a connection", () => {
    const { open, connect, pass, observations, totals } = createLivingPage();
    open();
    observations.observe(connect()).gaveUp();
    pass(10_000);
    expect(totals().shown(TIME)).toEqual(["connected 10"]);
  });

  it("is offline time while there is no network and no connection", () => {
    const { open, pass, setOnline, totals } = createLivingPage();
    const socket = open();
    pass(10_000);
    setOnline(false);
    pass(3_000);
    socket.end(1006);
    pass(40_000);
    setOnline(true);
    pass(2_000);
    expect(totals().shown(TIME)).toEqual(["connected 13", "offline 40", "reconnecting 2"]);
  });

  it("is connected time while one of several sockets of a key is open", () => {
    const { open, connect, pass, totals } = createLivingPage();
    const old = open();
    pass(10_000);
    const next = connect({ trigger: "token_refresh" });
    pass(2_000);
    next.open();
    old.close();
    old.end(1005);
    pass(10_000);
    expect(totals().shown(TIME)).toEqual(["connected 22"]);
  });

  it("is no connected time when the page closes one socket while another of its key connects", () => {
    const { open, connect, pass, totals } = createLivingPage();
    const old = open();
    pass(10_000);
    connect({ trigger: "token_refresh" });
    old.close();
    old.end(1005);
    pass(10_000);
    expect(totals().shown(TIME)).toEqual(["connected 10", "reconnecting 10"]);
  });

  it("goes on when the peer ends one socket for good while another of its key connects", () => {
    const { open, connect, pass, totals } = createLivingPage();
    const old = open();
    pass(10_000);
    connect({ trigger: "token_refresh" });
    old.end(1000);
    pass(10_000);
    expect(totals().shown(TIME)).toEqual(["connected 10", "reconnecting 10"]);
  });

  it("is no connected time when the page closes a connection in the middle of an episode", () => {
    const { open, pass, endTask, totals } = createLivingPage();
    const socket = open();
    pass(10_000);
    socket.end(1012);
    const next = open({ trigger: "backoff" });
    endTask();
    next.close();
    next.end(1005);
    pass(20_000);
    expect(totals().shown(TIME)).toEqual(["connected 10", "reconnecting 20"]);
  });

  it("is no connected time when the peer ends one connection for good in an episode, and the page the other", () => {
    const { open, pass, endTask, observations, totals } = createLivingPage();
    const socket = open();
    pass(10_000);
    socket.end(1012);
    const [one, other] = [open({ trigger: "backoff" }), open({ trigger: "backoff" })];
    endTask();
    one.end(1000);
    other.close();
    pass(5_000);
    expect(observations.worstState()).toBe("reconnecting");
    expect(totals().shown(TIME)).toEqual(["connected 10", "reconnecting 5"]);
  });

  it("ends when the page goes away, and begins again with the first frame after its return", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const socket = open();
    pass(10_000);
    observations.leave();
    pass(10_000);
    socket.receive(PONG);
    pass(10_000);
    expect(totals().shown(TIME)).toEqual(["connected 20"]);
  });

  it("ends when the socket is no longer observed", () => {
    const { connect, observations, pass, totals } = createLivingPage();
    const socket = connect();
    socket.open();
    pass(10_000);
    observations.observe(socket).stop();
    pass(10_000);
    expect(totals().shown(TIME)).toEqual(["connected 10"]);
  });

  it("is, of several endpoints, that of the worst: rejected, then given up, reconnecting, connected", () => {
    const { connect, observations } = createLivingPage();
    const connected = connect({ episode: "chat" });
    connected.open();
    expect(observations.worstState()).toBe("connected");
    connect({ episode: "prices" }).end(1006);
    expect(observations.worstState()).toBe("reconnecting");
    observations.observe(connect({ episode: "news" })).gaveUp();
    expect(observations.worstState()).toBe("gave_up");
    const rejected = connect({ episode: "weather" });
    rejected.open();
    rejected.end(4401);
    expect(observations.worstState()).toBe("rejected");
  });

  it("is added up over endpoints, whose worst is what the page is like", () => {
    const { connect, pass, observations, totals } = createLivingPage();
    connect({ episode: "chat" }).open();
    const other = connect({ episode: "prices" });
    pass(5_000);
    expect(observations.worstState()).toBe("connected");
    other.open();
    expect(observations.worstState()).toBe("connected");
    pass(5_000);
    other.end(4401);
    expect(observations.worstState()).toBe("rejected");
    expect(totals().shown(TIME)).toEqual(["connected 15", "reconnecting 5"]);
  });
});

describe("the sleep of the machine", () => {
  it.each(["stands still", "goes on"] as const)(
    "is in no duration, in no state, and nobody's cut, when the clock %s and the close comes before the page looks at its clocks",
    (monotonicClock) => {
      const { open, pass, sleep, totals } = createLivingPage();
      const socket = open();
      pass(60_000);
      sleep(8 * HOUR_MS, monotonicClock);
      socket.end(1006);
      pass(10_000);
      expect(totals().of(CONNECTION_DURATION)).toEqual({ count: 0, sum: 0 });
      expect(totals().of(INBOUND_SILENCE)).toEqual({ count: 0, sum: 0 });
      expect(totals().shown(CLOSES)).toEqual(["none opened left 1"]);
      expect(totals().shown(AFFECTED_SESSIONS)).toEqual([]);
      expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["offline 1"]);
      expect(totals().shown(TIME)).toEqual(["connected 60", "reconnecting 10"]);
    },
  );

  it("is what a connection died of that is noticed soon after, also where frames came that had waited", () => {
    const { open, pass, sleep, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    sleep(8 * HOUR_MS, "stands still");
    pass(2_000);
    socket.receive(PONG);
    pass(20_000);
    socket.end(1006);
    expect(totals().shown(CLOSES)).toEqual(["none opened left 1"]);
  });

  it("is not what a peer closes for, or what a connection dies of later", () => {
    const { open, pass, sleep, totals } = createLivingPage();
    const [one, other] = [open(), open()];
    pass(60_000);
    sleep(8 * HOUR_MS, "stands still");
    pass(2_000);
    one.end(1012);
    other.receive(PONG);
    pass(AFTERMATH_MS + 2_000);
    other.receive(PONG);
    other.end(1006);
    expect(totals().shown(CLOSES)).toEqual(["1006 opened network 1", "1012 opened peer 1"]);
  });

  it.each(["stands still", "goes on"] as const)(
    "is not in the downtime, spoils the delay that it falls into, and not the episode, when the clock %s",
    (monotonicClock) => {
      const { open, pass, sleep, totals } = createLivingPage();
      const socket = open();
      pass(60_000);
      socket.end(1006);
      pass(4_000);
      sleep(HOUR_MS, monotonicClock);
      open({ trigger: "backoff" });
      pass(STABLE_UPTIME_MS);
      expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
      expect(totals().shown(RECONNECT_EPISODE_ATTEMPTS)).toEqual(["1 1"]);
      expect(totals().shown(DOWNTIME)).toEqual(["close 1 0"]);
      expect(totals().shown(RECONNECT_DELAY)).toEqual([]);
    },
  );

  it("is not in the downtime where the page looks at its clocks for the first time after the next frame", () => {
    const { open, pass, sleep, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(4_000);
    sleep(HOUR_MS, "stands still");
    open({ trigger: "resume" }).receive(PONG);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 0"]);
  });

  it("leaves in the downtime what comes after it, so that who recovered is among those who recovered in time", () => {
    const { open, pass, setOnline, sleep, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    setOnline(false);
    socket.end(1006);
    pass(4_000);
    sleep(HOUR_MS, "goes on");
    pass(2_000);
    setOnline(true);
    pass(1_000);
    open({ trigger: "online" });
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered offline 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["offline 1 1"]);
  });

  it("is no time in which an attempt waits", () => {
    const { connect, pass, sleep, totals } = createLivingPage();
    const socket = connect();
    pass(5_000);
    sleep(100_000, "goes on");
    sleep(100_000, "stands still");
    pass(1_000);
    socket.open();
    socket.receive(PONG);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1"]);
  });

  it("spoils the handshake that it falls into", () => {
    const { connect, pass, sleep, totals } = createLivingPage();
    const socket = connect();
    sleep(HOUR_MS, "stands still");
    socket.open();
    socket.receive(PONG);
    pass(1);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1"]);
    expect(totals().shown(CONNECT_DURATION)).toEqual([]);
  });

  it("is what a silent connection dies of within minutes, and no longer", () => {
    const ends = [4 * 60_000, 70 * 60_000].map((afterMs) => {
      const { open, pass, sleep, totals } = createLivingPage();
      const socket = open();
      pass(60_000);
      sleep(HOUR_MS, "goes on");
      pass(afterMs);
      socket.end(1006);
      pass(2_000);
      return [totals().shown(CLOSES), totals().shown(RECONNECT_EPISODES_STARTED)];
    });
    expect(ends).toEqual([
      [["none opened left 1"], ["offline 1"]],
      [["1006 opened network 1"], ["close 1"]],
    ]);
  });

  it("spoils nothing that begins after it", () => {
    const { open, pass, sleep, totals } = createLivingPage();
    const socket = open();
    sleep(HOUR_MS, "goes on");
    pass(AFTERMATH_MS + 4_000);
    socket.end(1006);
    pass(4_000);
    const next = open({ trigger: "backoff" });
    pass(STABLE_UPTIME_MS);
    next.end(1012);
    expect(totals().shown(CONNECTION_DURATION)).toEqual(["1 5"]);
    expect(totals().shown(RECONNECT_DELAY)).toEqual(["1 4"]);
    expect(totals().shown(DOWNTIME)).toEqual(["offline 1 4"]);
  });

  it("is not time in which a client could have tried", () => {
    const { open, pass, sleep, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    sleep(LONGEST_NAP_MS + 1, "goes on");
    pass(SILENT_GIVE_UP_MS - 1);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
  });
});

describe("a reconnect episode", () => {
  it("is counted when it begins, and again when a connection holds, with its downtime and attempts", () => {
    const { open, connect, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1012);
    pass(1_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    const failing = connect({ trigger: "backoff" });
    pass(500);
    failing.end(1006);
    pass(2_000);
    const next = connect({ trigger: "backoff" });
    pass(250);
    next.open();
    pass(STABLE_UPTIME_MS - 1);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
    pass(1);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 3.75"]);
    expect(totals().shown(RECONNECT_EPISODE_ATTEMPTS)).toEqual(["1 2"]);
    expect(totals().shown(RECONNECT_DELAY)).toEqual(["2 3"]);
    pass(60_000);
    expect(totals().of(RECONNECT_EPISODES).count).toBe(1);
  });

  it("ends with the first frame of the next connection, before that is stable", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(2_000);
    open({ trigger: "backoff" }).receive(PONG);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 2"]);
  });

  it("is none when an attempt fails of a page that had no connection yet", () => {
    const { connect, pass, totals } = createLivingPage();
    connect().end(1006);
    pass(2_000);
    const socket = connect({ trigger: "backoff" });
    socket.open();
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual([]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
    expect(totals().shown(RECONNECT_DELAY)).toEqual([]);
    expect(totals().shown(DOWNTIME)).toEqual([]);
  });

  it("is none when one of several sockets of a key closes", () => {
    const { open, pass, totals } = createLivingPage();
    const first = open();
    const second = open();
    pass(10_000);
    first.end(1006);
    pass(10_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual([]);
    second.end(1006);
    pass(10_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(TIME)).toEqual(["connected 20", "reconnecting 10"]);
  });

  it("is of the origin and path of a socket's URL, whatever its query and fragment are", () => {
    const { host, observations, pass, totals } = createLivingPage();
    const connectTo = (url: string) => {
      const socket = fakeWebSocket();
      Object.defineProperty(socket, "url", { value: url });
      observations.observe(socket);
      socket.open();
      return socket;
    };
    const socket = connectTo("wss://chat.example/ws?token=1#a");
    connectTo("wss://chat.example/other?token=1");
    pass(STABLE_UPTIME_MS);
    socket.end(1012);
    pass(1_000);
    connectTo(`wss://chat.example/ws#${host.clock}`).end(1012);
    connectTo(`wss://chat.example/ws?token=${host.clock}`).receive(PONG);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(RECONNECT_EPISODE_ATTEMPTS)).toEqual(["1 2"]);
  });

  it("is one together for the keys beyond as many as a page may have", () => {
    const { connect, pass, totals } = createLivingPage();
    const openOf = (episode: string) => {
      const socket = connect({ episode });
      socket.open();
      socket.receive(PONG);
      return socket;
    };
    const own = Array.from({ length: MAX_ENDPOINTS }, (_, key) => openOf(`own ${key}`));
    const shared = [openOf("beyond"), openOf("further beyond")];
    pass(10_000);
    own.at(-1)?.end(1012);
    shared[0]?.end(1012);
    pass(1_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    shared[1]?.end(1012);
    pass(1_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 2"]);
    openOf(`own ${MAX_ENDPOINTS - 1}`);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
  });

  it("is one for each key", () => {
    const { connect, pass, totals } = createLivingPage();
    const sockets = ["chat", "prices"].map((episode) => connect({ episode }));
    for (const socket of sockets) socket.open();
    pass(10_000);
    for (const socket of sockets) socket.end(1012);
    pass(1_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 2"]);
    connect({ episode: "chat" }).open();
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
  });

  it("stays one when the server accepts and closes again and again", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1011);
    for (let loops = 0; loops < 5; loops++) {
      pass(2_000);
      const next = open({ trigger: "backoff" });
      pass(1_000);
      next.end(1011);
    }
    pass(2_000);
    const last = open({ trigger: "backoff" });
    last.receive(PONG);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(RECONNECT_EPISODE_ATTEMPTS)).toEqual(["1 6"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 17"]);
    expect(totals().shown(RECONNECT_DELAY)).toEqual(["6 12"]);
  });

  it.each([
    ["4401", 4401],
    ["1008", 1008],
  ])(
    "is given up when the server says with %s that there is no coming back, and the client does not",
    (_, code) => {
      const { open, pass, totals } = createLivingPage();
      const socket = open();
      pass(60_000);
      socket.end(1012);
      pass(2_000);
      open({ trigger: "backoff" }).end(code);
      pass(SILENT_GIVE_UP_MS - 1);
      expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
      pass(1);
      expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
      expect(totals().of(TIME, "gave_up").count).toBe(0);
      expect(totals().shown(DOWNTIME)).toEqual([]);
      expect(totals().shown(RECONNECT_EPISODE_ATTEMPTS)).toEqual([]);
    },
  );

  it("is over when a client comes back with a new token after it was rejected", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(4401);
    pass(2_000);
    open({ trigger: "token_refresh" });
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 2"]);
  });

  it("has no delay of the client's while it is the user who has to sign in", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(4401);
    pass(30_000);
    open();
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(RECONNECT_DELAY)).toEqual([]);
  });

  it("is given up on a hidden page that was rejected, too", () => {
    const { open, pass, setVisible, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    setVisible(false);
    socket.end(4401);
    pass(SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
    expect(observations.worstState()).toBe("rejected");
  });

  it("is no longer waited for once the page left", () => {
    const { open, pass, setVisible, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    setVisible(false);
    socket.end(1012);
    pass(HOUR_MS);
    observations.leave();
    setVisible(true);
    pass(10_000);
    expect(observations.worstState()).toBeUndefined();
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
  });

  it("waits for a client that waits until it is seen, whose user misses nothing meanwhile", () => {
    const { open, pass, setVisible, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    setVisible(false);
    socket.end(1012);
    pass(3_600_000);
    expect(totals().of(TIME, "gave_up").count).toBe(0);
    expect(totals().of(TIME, "reconnecting").count).toBe(SILENT_GIVE_UP_MS / 1000);
    expect(observations.worstState()).toBeUndefined();
    setVisible(true);
    pass(3_000);
    open({ trigger: "visible" });
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 3"]);
  });

  it("is given up by a client that makes no attempt though it is seen again", () => {
    const { open, pass, setVisible, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    setVisible(false);
    socket.end(1012);
    pass(HOUR_MS);
    setVisible(true);
    pass(SILENT_GIVE_UP_MS - 1);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
    pass(2_001);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
  });

  it("begins when a page closes what was gone already, as a client does whose heartbeat stays away", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.close();
    pass(10_000);
    socket.end(1006);
    pass(2_000);
    open();
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(CLOSES)).toEqual(["1006 opened network 1"]);
    expect(totals().shown(AFFECTED_SESSIONS)).toEqual(["1006 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 12"]);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened backoff 1", "opened initial 1"]);
  });

  it("is given up by a client that closed what was gone and does not come back", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.close();
    pass(10_000);
    socket.end(1006);
    pass(SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
  });

  it("does not begin when one of two connections was gone that the page closed", () => {
    const { open, pass, totals } = createLivingPage();
    const [socket] = [open(), open()];
    pass(60_000);
    socket.close();
    pass(10_000);
    socket.end(1006);
    pass(10_000);
    expect(totals().shown(CLOSES)).toEqual(["1006 opened network 1"]);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual([]);
    expect(totals().shown(TIME)).toEqual(["connected 80"]);
  });

  it("goes on while a dead connection that the page closed has no close event yet", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const dead = open();
    pass(10_000);
    dead.close();
    const next = open({ trigger: "backoff" });
    next.receive(PONG);
    pass(2_000);
    next.end(1006);
    pass(20_000);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
    expect(observations.worstState()).toBe("reconnecting");
    open();
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 20"]);
  });

  it("that is known late leaves the one alone that runs meanwhile", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const dead = open();
    pass(10_000);
    dead.close();
    const next = open({ trigger: "backoff" });
    next.receive(PONG);
    pass(STABLE_UPTIME_MS);
    next.end(4401);
    pass(5_000);
    dead.end(1006);
    expect(observations.worstState()).toBe("rejected");
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    pass(SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 2"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1", "recovered close 1"]);
    expect(totals().of(TIME, "gave_up").count).toBe(0);
  });

  it("that is known late and goes on is the one that runs already", () => {
    const { open, pass, totals } = createLivingPage();
    const dead = open();
    pass(10_000);
    dead.close();
    pass(2_000);
    open({ trigger: "backoff" }).end(1012);
    pass(3_000);
    dead.end(1006);
    open({ trigger: "backoff" });
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 5"]);
  });

  it("that is known late when it is over is the one that ran meanwhile", () => {
    const { open, pass, totals } = createLivingPage();
    const dead = open();
    pass(10_000);
    dead.close();
    open({ trigger: "backoff" }).end(1012);
    pass(3_000);
    open({ trigger: "backoff" });
    pass(STABLE_UPTIME_MS);
    dead.end(1006);
    pass(1_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 3"]);
  });

  it("that is known late when it was given up is the one that was given up", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const dead = open();
    pass(10_000);
    dead.close();
    open({ trigger: "backoff" }).end(4401);
    pass(SILENT_GIVE_UP_MS);
    dead.end(1006);
    pass(SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
    expect(observations.worstState()).toBe("rejected");
  });

  it("that a client gives up on a hidden page is given up when the page is seen, too", () => {
    const { open, pass, setVisible, observations, host, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    setVisible(false);
    socket.end(1006);
    pass(SILENT_GIVE_UP_MS + 2_000);
    observations.observe(socket).gaveUp();
    setVisible(true);
    pass(2_000);
    expect(observations.worstState()).toBe("gave_up");
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
    expect(host.visible).toBe(true);
  });

  it("goes on when one of two that want a connection does not any more, and the other tries", () => {
    const { open, connect, pass, observations, totals } = createLivingPage();
    const both = [open(), open()];
    pass(60_000);
    for (const socket of both) socket.end(1012);
    pass(2_000);
    const next = connect({ trigger: "backoff" });
    observations.observe(both[1] as (typeof both)[number]).unwanted();
    next.open();
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
  });

  it("is abandoned when the application wants no connection any more", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(4_000);
    observations.observe(socket).unwanted();
    pass(2 * SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
    expect(totals().shown(TIME)).toEqual(["connected 60", "reconnecting 4"]);
    expect(observations.worstState()).toBeUndefined();
  });

  it("is over already when the browser says late that what the page closed was gone", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.close();
    pass(1_000);
    const next = open({ trigger: "backoff" });
    pass(STABLE_UPTIME_MS);
    socket.end(1006);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 1"]);
    expect(totals().shown(RECONNECT_EPISODE_ATTEMPTS)).toEqual(["1 1"]);
    pass(10_000);
    next.close();
    next.end(1005);
    expect(totals().of(TIME, "connected").count).toBe(60 + 15);
  });

  it("does not begin when a page closes what hangs up at once, without a close frame", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.close();
    pass(UNANSWERED_CLOSE_MS - 1);
    socket.end(1006);
    pass(10_000);
    expect(totals().shown(CLOSES)).toEqual(["1006 opened page 1"]);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual([]);
    expect(totals().shown(AFFECTED_SESSIONS)).toEqual([]);
  });

  it("is abandoned when the server says with 1000 that nothing is left to do", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1012);
    pass(2_000);
    open({ trigger: "backoff" }).end(1000);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
  });

  it("is given up after the page's return by a client that had an attempt under way when the page left", () => {
    const { connect, open, pass, observations, totals } = createLivingPage();
    connect();
    observations.leave();
    observations.comeBack();
    const socket = open({ trigger: "pageshow" });
    pass(STABLE_UPTIME_MS);
    socket.end(1006);
    pass(SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
  });

  it("begins when a page closes what was gone already, also where it gives up an attempt meanwhile", () => {
    const { open, connect, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.close();
    connect().close();
    pass(10_000);
    socket.end(1006);
    pass(2_000);
    open();
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 12"]);
  });

  it("begins when a page closes what it came back to, and what turns out to be gone", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    observations.leave();
    observations.comeBack();
    pass(1_000);
    socket.close();
    pass(UNANSWERED_CLOSE_MS);
    socket.end(1006);
    pass(1_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
  });

  it("does not begin when the application wants nothing any more before it is known that what it closed was gone", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.close();
    observations.observe(socket).unwanted();
    pass(10_000);
    socket.end(1006);
    pass(2 * SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual([]);
    expect(totals().shown(TIME)).toEqual(["connected 60"]);
    expect(observations.worstState()).toBeUndefined();
  });

  it("is given up already when the client did before it is known that what it closed was gone", () => {
    const { open, connect, pass, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.close();
    connect({ trigger: "backoff" }).end(1006);
    observations.observe(socket).gaveUp();
    pass(10_000);
    socket.end(1006);
    expect(observations.worstState()).toBe("gave_up");
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
  });

  it("is over when what the page left while it connected opens after its return", () => {
    const { open, connect, pass, observations, totals } = createLivingPage();
    const slow = connect();
    observations.leave();
    observations.comeBack();
    const socket = open({ trigger: "resume" });
    pass(STABLE_UPTIME_MS);
    socket.end(1012);
    pass(4_000);
    slow.open();
    pass(60_000);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 4"]);
  });

  it("is over, and nothing is waited for, when what the page left while it connected opens unseen", () => {
    const { open, connect, pass, setVisible, observations, totals } = createLivingPage();
    const slow = connect();
    observations.leave();
    observations.comeBack();
    const socket = open({ trigger: "resume" });
    pass(STABLE_UPTIME_MS);
    setVisible(false);
    socket.end(1012);
    pass(SILENT_GIVE_UP_MS);
    slow.open();
    setVisible(true);
    pass(10_000);
    expect(observations.worstState()).toBe("connected");
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().of(TIME, "connected").count).toBe(15);
  });

  it("is given up when the client says so, once", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const socket = open();
    const observation = observations.observe(socket);
    pass(60_000);
    socket.end(1006);
    observation.gaveUp();
    observation.gaveUp();
    pass(2 * SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
  });

  it("is given up by a client that makes no attempt for two minutes, and says nothing", () => {
    const { open, connect, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(10_000);
    connect({ trigger: "backoff" }).end(1006);
    pass(SILENT_GIVE_UP_MS - 1);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
    pass(1);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
    pass(10_000);
    expect(totals().shown(TIME)).toEqual([
      "connected 60",
      "gave_up 10",
      `reconnecting ${10 + SILENT_GIVE_UP_MS / 1000}`,
    ]);
  });

  it("is not given up while an attempt is under way, however long that takes", () => {
    const { open, connect, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(1_000);
    connect({ trigger: "backoff" });
    pass(2 * SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
  });

  it("ends with a connection that holds, though its attempt counted as timed out", () => {
    const { open, connect, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    const slow = connect({ trigger: "backoff" });
    pass(CONNECT_TIMEOUT_MS);
    slow.open();
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1", "timed_out backoff 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 20"]);
  });

  it("is not given up while there is no network, nor until two minutes after that is back", () => {
    const { open, pass, setOnline, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    setOnline(false);
    socket.end(1006);
    pass(HOUR_MS);
    setOnline(true);
    pass(SILENT_GIVE_UP_MS - 1);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
    pass(1);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up offline 1"]);
  });

  it("is abandoned when the page closes the socket in its middle and makes no other attempt", () => {
    const { open, connect, pass, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(2_000);
    connect({ trigger: "backoff" }).close();
    pass(SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
    expect(observations.worstState()).toBeUndefined();
  });

  it("is abandoned when the page closes a connection in its middle that did not hold yet", () => {
    const { open, pass, endTask, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(2_000);
    const next = open({ trigger: "backoff" });
    endTask();
    next.close();
    next.end(1005);
    pass(SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
    expect(observations.worstState()).toBeUndefined();
  });

  it("is abandoned when the page gives up waiting for an attempt in its middle and makes no other", () => {
    const { open, connect, pass, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    const slow = connect({ trigger: "backoff" });
    pass(PATIENCE_MS);
    slow.close();
    slow.end(1006);
    pass(SILENT_GIVE_UP_MS);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["opened initial 1", "timed_out backoff 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
    expect(observations.worstState()).toBeUndefined();
  });

  it("goes on when the page closes an attempt in its middle and makes another", () => {
    const { open, connect, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(2_000);
    connect({ trigger: "backoff" }).close();
    pass(2_000);
    open({ trigger: "online" });
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(RECONNECT_EPISODE_ATTEMPTS)).toEqual(["1 2"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 4"]);
  });

  it("is none when the page itself closes its connection", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.close();
    socket.end(1006);
    pass(2 * SILENT_GIVE_UP_MS);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual([]);
    expect(totals().shown(TIME)).toEqual(["connected 60"]);
  });

  it("is abandoned when the page goes away, and counted as begun though it has hardly begun", () => {
    const { open, pass, observations, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    observations.leave();
    observations.leave();
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["abandoned close 1"]);
    pass(2 * SILENT_GIVE_UP_MS);
    expect(totals().of(RECONNECT_EPISODES).count).toBe(1);
  });
});

describe("what an episode came after", () => {
  it("is the close of a page that has a network", () => {
    const { open, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(999);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual([]);
    pass(1);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
  });

  it("is the network when the browser says just after the close that it is gone", () => {
    const { open, pass, setOnline, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(900);
    setOnline(false);
    pass(100);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["offline 1"]);
  });

  it("stays what it was when the network goes later", () => {
    const { open, pass, setOnline, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1012);
    pass(1_000);
    setOnline(false);
    pass(30_000);
    setOnline(true);
    open({ trigger: "online" });
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual(["close 1"]);
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["recovered close 1"]);
    expect(totals().shown(DOWNTIME)).toEqual(["close 1 31"]);
  });

  it.each([
    [AFTERMATH_MS, "offline"],
    [AFTERMATH_MS + 1, "close"],
  ])("is, %i ms after the network came back, %s", (ms, after) => {
    const { open, pass, setOnline, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    setOnline(false);
    pass(60_000);
    setOnline(true);
    pass(ms);
    socket.end(1006);
    pass(1_000);
    expect(totals().shown(RECONNECT_EPISODES_STARTED)).toEqual([`${after} 1`]);
  });

  it("decides from when downtime counts: from the network's return, where that was gone", () => {
    const { open, pass, setOnline, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    setOnline(false);
    socket.end(1006);
    pass(300_000);
    setOnline(true);
    pass(3_000);
    open({ trigger: "online" });
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(DOWNTIME)).toEqual(["offline 1 3"]);
    expect(totals().shown(RECONNECT_DELAY)).toEqual([]);
  });

  it("decides from when downtime counts: from the close, where that came after the network's return", () => {
    const { open, pass, setOnline, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    setOnline(false);
    pass(5_000);
    setOnline(true);
    pass(10_000);
    socket.end(1006);
    pass(2_000);
    open({ trigger: "backoff" });
    pass(STABLE_UPTIME_MS);
    expect(totals().shown(DOWNTIME)).toEqual(["offline 1 2"]);
  });
});

describe("the delay before an attempt", () => {
  const TRIGGERS: readonly [ConnectTrigger, boolean][] = [
    ["backoff", true],
    ["advice", true],
    ["initial", false],
    ["online", false],
    ["visible", false],
    ["pageshow", false],
    ["resume", false],
    ["manual", false],
    ["token_refresh", false],
    ["unspecified", false],
    ["other", false],
  ];

  it.each(TRIGGERS)("is, in an episode, a backoff when the trigger is %s: %s", (trigger, isBackoff) => {
    const { open, connect, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    pass(3_000);
    connect({ trigger });
    expect(totals().shown(RECONNECT_DELAY)).toEqual(isBackoff ? ["1 3"] : []);
  });

  it("is none where nobody sees the page, whose timers the browser slows down", () => {
    const { open, connect, pass, setVisible, totals } = createLivingPage();
    const socket = open();
    pass(STABLE_UPTIME_MS);
    socket.end(1006);
    setVisible(false);
    pass(2_000);
    connect({ trigger: "backoff" });
    expect(totals().of(RECONNECT_DELAY).count).toBe(0);
  });

  it("runs from the end of the attempt before", () => {
    const { open, connect, pass, totals } = createLivingPage();
    const socket = open();
    pass(60_000);
    socket.end(1006);
    const failing = connect({ trigger: "backoff" });
    pass(20_000);
    failing.end(1006);
    pass(4_000);
    connect({ trigger: "backoff" });
    expect(totals().shown(RECONNECT_DELAY)).toEqual(["2 4"]);
  });
});

describe("the trigger of an attempt that has none", () => {
  it("is backoff as long as nothing came of those before, so that one user who loops is one first attempt", () => {
    const { connect, open, pass, totals } = createLivingPage();
    for (let loops = 0; loops < 100; loops++) {
      open().end(4401);
      pass(6_000);
    }
    for (let loops = 0; loops < 100; loops++) {
      connect({ episode: "prices" }).end(1006);
      pass(5_000);
    }
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual([
      "failed backoff 99",
      "failed initial 1",
      "rejected backoff 99",
      "rejected initial 1",
    ]);
  });

  it("is unspecified after a peer that said that nothing is left to do, however short the connection was", () => {
    const { connect, open, totals } = createLivingPage();
    open().end(1000);
    connect().end(1006);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["failed unspecified 1", "rejected initial 1"]);
  });

  it("is backoff after an attempt that the client gave up waiting for", () => {
    const { connect, pass, totals } = createLivingPage();
    for (let loops = 0; loops < 60; loops++) {
      const socket = connect();
      pass(PATIENCE_MS + 1_000);
      socket.close();
      socket.end(1006);
      pass(1_000);
    }
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["timed_out backoff 59", "timed_out initial 1"]);
    expect(totals().shown(TIME)).toEqual(["reconnecting 300"]);
  });

  it("is initial for the first of its key, then backoff until one holds, and unspecified after the page closed it", () => {
    const { connect, open, pass, totals } = createLivingPage();
    connect().end(1006);
    pass(1_000);
    const socket = open();
    pass(STABLE_UPTIME_MS);
    socket.close();
    socket.end(1005);
    connect().end(1006);
    connect({ episode: "prices" }).end(1006);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual([
      "failed initial 2",
      "failed unspecified 1",
      "opened backoff 1",
    ]);
  });
});
