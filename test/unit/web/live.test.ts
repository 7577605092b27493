/** A lost connection is tried again until it is back, and subscriptions go on where they broke off. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { retryDelayMs } from "../../../web/lib/live/backoff.ts";
import { createConnection } from "../../../web/lib/live/connection.ts";
import { endingOf } from "../../../web/lib/live/ending.ts";
import { type Ending, follow } from "../../../web/lib/live/follow.ts";
import { createThrottle } from "../../../web/lib/live/throttle.ts";
import { whyNotLive } from "../../../web/lib/live/why-not-live.ts";
import { manualClock } from "./manual-clock.ts";

/** Lets promises that are settled already run their course. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("the delay before another attempt", () => {
  test("doubles, but never exceeds a quarter of a minute, and differs from browser to browser", () => {
    const shares = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), shares, (attempt, random) => {
        const full = Math.min(15_000, 1000 * 2 ** (attempt - 1));
        expect(retryDelayMs(attempt, random)).toBeGreaterThanOrEqual(full / 2);
        expect(retryDelayMs(attempt, random)).toBeLessThanOrEqual(full);
      }),
    );
    expect(retryDelayMs(3, 0)).not.toBe(retryDelayMs(3, 0.9));
  });
});

describe("the connection", () => {
  test("says when it is tried again, waits longer after each failure, and starts over once it was back", () => {
    const clock = manualClock();
    const connection = createConnection(clock);
    connection.lost();
    expect(connection.state()).toMatchObject({ phase: "lost", attempt: 1, retryAt: 500 });
    clock.advance(500);
    expect(connection.state()).toMatchObject({ phase: "trying", attempt: 1 });
    connection.lost();
    expect(connection.state()).toMatchObject({ phase: "lost", attempt: 2, retryAt: 1500 });
    clock.advance(1000);
    connection.opened();
    expect(connection.state()).toEqual({ phase: "open", restored: 1, gaps: 1, refusal: null });
    connection.lost();
    expect(connection.state()).toMatchObject({ attempt: 1 });
  });

  test("holds everyone back while it is lost, and lets all go at once", async () => {
    const clock = manualClock();
    const connection = createConnection(clock);
    connection.lost();
    const released: string[] = [];
    void connection.ready().then(() => released.push("a"));
    void connection.ready().then(() => released.push("b"));
    await settled();
    expect(released).toEqual([]);
    connection.tryNow();
    await settled();
    expect(released).toEqual(["a", "b"]);
    expect(clock.pending()).toBe(0);
  });

  test("counts a socket's end once, though every subscription reports it", () => {
    const connection = createConnection(manualClock());
    connection.lost();
    const before = connection.state();
    connection.lost();
    expect(connection.state()).toBe(before);
  });
});

/** A stream of numbers 1, 2, 3 ... that a test may interrupt. */
function givenStream() {
  const clock = manualClock();
  const connection = createConnection(clock);
  const seen: number[] = [];
  const asked: number[] = [];
  let give: (item: number) => void = () => {};
  let end: (ending: Ending) => void = () => {};
  const refusals: string[] = [];
  const resumed: number[] = [];
  const stop = follow<number>({
    connection,
    clock,
    subscribe(onItem) {
      asked.push(seen.at(-1) ?? 0);
      const ended = new Promise<Ending>((resolve) => {
        end = resolve;
      });
      give = onItem;
      return { ended, stop: () => end({ kind: "completed" }) };
    },
    onItem(item) {
      if (item !== (seen.at(-1) ?? 0) + 1) return false;
      seen.push(item);
      return true;
    },
    isComplete: () => seen.at(-1) === 5,
    onRefused: (message) => refusals.push(message),
    onResumed: () => resumed.push(asked.length),
  });
  return {
    clock,
    connection,
    seen,
    asked,
    refusals,
    resumed,
    stop,
    give: (item: number) => give(item),
    end: (ending: Ending) => end(ending),
  };
}

describe("a followed subscription", () => {
  test("asks for what follows the newest item seen when the connection is back", async () => {
    const stream = givenStream();
    await settled();
    stream.give(1);
    stream.give(2);
    stream.end({ kind: "dropped" });
    await settled();
    expect(stream.connection.state().phase).toBe("lost");
    expect(stream.asked).toEqual([0]);
    stream.clock.advance(1000);
    await settled();
    expect(stream.asked).toEqual([0, 2]);
  });

  test("asks again at once for what is missing when an item does not follow on the last", async () => {
    const stream = givenStream();
    await settled();
    stream.give(1);
    stream.give(3);
    await settled();
    stream.clock.advance(1000);
    await settled();
    expect(stream.asked).toEqual([0, 1]);
    expect(stream.seen).toEqual([1]);
  });

  test("comes back when a server that shuts down completes it early, and ends when the end is real", async () => {
    const stream = givenStream();
    await settled();
    stream.give(1);
    stream.end({ kind: "completed" });
    await settled();
    stream.clock.advance(1000);
    await settled();
    expect(stream.asked).toEqual([0, 1]);
    for (const item of [2, 3, 4, 5]) stream.give(item);
    stream.end({ kind: "completed" });
    await settled();
    expect(stream.clock.pending()).toBe(0);
    expect(stream.asked).toEqual([0, 1]);
  });

  test("comes back after what it missed, later each time, where the server could not answer", async () => {
    const stream = givenStream();
    await settled();
    stream.give(1);
    for (const wait of [500, 1_000, 2_000]) {
      stream.end({ kind: "failed" });
      await settled();
      const before = stream.asked.length;
      stream.clock.advance(wait - 1);
      await settled();
      expect(stream.asked).toHaveLength(before);
      stream.clock.advance(1);
      await settled();
      expect(stream.asked).toHaveLength(before + 1);
    }
    expect(stream.asked).toEqual([0, 1, 1, 1]);
    expect(stream.resumed).toEqual([2, 3, 4]);
    expect(stream.connection.state().phase).toBe("open");
    stream.give(2);
    stream.end({ kind: "failed" });
    await settled();
    stream.clock.advance(500);
    await settled();
    expect(stream.asked.at(-1)).toBe(2);
  });

  test("does not insist where the server refuses", async () => {
    const stream = givenStream();
    await settled();
    stream.end({ kind: "refused", message: "no such run" });
    await settled();
    expect(stream.refusals).toEqual(["no such run"]);
    expect(stream.clock.pending()).toBe(0);
  });

  test("is quiet once it is stopped, also while it waits for the connection", async () => {
    const stream = givenStream();
    await settled();
    stream.end({ kind: "dropped" });
    await settled();
    stream.stop();
    stream.clock.advance(60_000);
    await settled();
    expect(stream.asked).toEqual([0]);
  });
});

describe("a subscription's errors", () => {
  const error = (code: string, more = {}) => ({ message: `a ${code}`, extensions: { code, ...more } });
  test.each(["INTERNAL_SERVER_ERROR", "UNAVAILABLE"])("with %s may pass", (code) => {
    expect(endingOf([error(code)])).toEqual({ kind: "failed" });
  });
  test("with a time to come back at may pass", () => {
    expect(endingOf([error("LIMIT_EXCEEDED", { retryAfterMs: 10 })])).toEqual({ kind: "failed" });
  });
  test.each(["NOT_FOUND", "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "LIMIT_EXCEEDED", "FORBIDDEN"])(
    "with %s stay",
    (code) => {
      expect(endingOf([error(code)])).toEqual({ kind: "refused", message: `a ${code}` });
    },
  );
});

describe("why there is no live connection", () => {
  const answering = (status: number, body: unknown = null) => {
    const asked: unknown[] = [];
    const ask = async (...request: unknown[]) => {
      asked.push(request);
      return new Response(body === null ? null : JSON.stringify(body), { status });
    };
    return { ask, asked };
  };

  test("is asked in a way that has the browser say where the page is", async () => {
    const { ask, asked } = answering(204);
    await whyNotLive(1, ask);
    expect(asked).toEqual([["/graphql/live", { method: "POST" }]]);
  });

  test.each([403, 421, 429])("is what the server says with %s", async (status) => {
    const { ask } = answering(status, { errors: [{ message: "set PUBLIC_URL" }] });
    expect(await whyNotLive(1, ask)).toBe("set PUBLIC_URL");
  });

  test("is a proxy's where the server would accept it, again and again", async () => {
    const { ask } = answering(204);
    expect(await whyNotLive(1, ask)).toBeNull();
    expect(await whyNotLive(2, ask)).toMatch(/proxy in front of it pass upgrades/);
  });

  test("is not known while nobody answers", async () => {
    expect(await whyNotLive(3, () => Promise.reject(new TypeError("failed to fetch")))).toBeNull();
    expect(await whyNotLive(3, answering(502).ask)).toBeNull();
  });

  test("is kept through further attempts and forgotten once the connection is there", () => {
    const clock = manualClock();
    const connection = createConnection(clock);
    connection.explain("never while it stands");
    expect(connection.state()).not.toHaveProperty("reason");
    connection.lost();
    connection.explain("set PUBLIC_URL");
    connection.tryNow();
    connection.lost();
    expect(connection.state()).toMatchObject({ phase: "lost", attempt: 2, reason: "set PUBLIC_URL" });
    connection.opened();
    connection.lost();
    expect(connection.state()).toMatchObject({ reason: null });
  });

  test("what was missed while the connection stood is fetched again, without a word about the connection", () => {
    const connection = createConnection(manualClock());
    connection.missed();
    expect(connection.state()).toMatchObject({ phase: "open", restored: 0, gaps: 1 });
  });
});

describe("items of a throttle", () => {
  test("are handed on at once where they come alone, and together where they come fast", () => {
    const clock = manualClock();
    const handedOn: { at: number; items: readonly number[] }[] = [];
    const throttle = createThrottle<number>(clock, (items) => handedOn.push({ at: clock.now(), items }));
    throttle.add(1);
    expect(handedOn).toEqual([{ at: 0, items: [1] }]);
    clock.advance(50);
    throttle.add(2);
    throttle.add(3);
    clock.advance(149);
    expect(handedOn).toHaveLength(1);
    clock.advance(1);
    expect(handedOn[1]).toEqual({ at: 200, items: [2, 3] });
    clock.advance(1000);
    throttle.add(4);
    expect(handedOn[2]).toEqual({ at: 1200, items: [4] });
    clock.advance(1000);
    expect(handedOn).toHaveLength(3);
    expect(clock.pending()).toBe(0);
  });

  test("come at most five times a second and lose nothing", () => {
    const clock = manualClock();
    const handedOn: { at: number; items: readonly number[] }[] = [];
    const throttle = createThrottle<number>(clock, (items) => handedOn.push({ at: clock.now(), items }));
    for (let item = 0; item < 100; item++) {
      throttle.add(item);
      clock.advance(10);
    }
    clock.advance(1000);
    expect(handedOn.flatMap(({ items }) => items)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    const gaps = handedOn.slice(1).map(({ at }, i) => at - handedOn[i]!.at);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(200);
  });

  test("are forgotten when nobody wants them any more", () => {
    const clock = manualClock();
    const handedOn: unknown[] = [];
    const throttle = createThrottle<number>(clock, (items) => handedOn.push(items));
    throttle.add(1);
    throttle.add(2);
    throttle.drop();
    clock.advance(1000);
    expect(handedOn).toEqual([[1]]);
  });
});
