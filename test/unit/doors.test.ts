/** What the doors know of addresses and names, without a network. */
import { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { usualAccess } from "../../server/http/doors/access.ts";
import { openCounter } from "../../server/http/doors/address-limits.ts";
import { hostGate } from "../../server/http/doors/allowed-hosts.ts";
import { warningBeyondLoopback } from "../../server/http/doors/beyond-loopback.ts";
import { clientAddress, isLoopback, keyOf } from "../../server/http/doors/client-address.ts";
import { createDoors } from "../../server/http/doors/doors.ts";
import { isSameOrigin } from "../../server/http/doors/same-origin.ts";

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

describe("whose request it is", () => {
  test.each([
    ["127.0.0.1", true],
    ["127.8.8.8", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["::ffff:192.168.0.5", false],
    ["10.0.0.1", false],
    ["2001:db8::1", false],
    ["", false],
  ])("%s on the machine itself: %s", (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });

  test("is said by a near proxy, and by nobody else", () => {
    expect(clientAddress(from("127.0.0.1", "1.2.3.4, 203.0.113.5"), true)).toBe("203.0.113.5");
    expect(clientAddress(from("172.18.0.3", "2001:db8::7"), true)).toBe("2001:db8::7");
    expect(clientAddress(from("127.0.0.1", "203.0.113.5:4711"), true)).toBe("203.0.113.5");
    expect(clientAddress(from("127.0.0.1", "[2001:db8::7]:4711"), true)).toBe("2001:db8::7");
    expect(clientAddress(from("127.0.0.1", "1.2.3.4"), false)).toBe("127.0.0.1");
    expect(clientAddress(from("198.51.100.9", "1.2.3.4"), true)).toBe("198.51.100.9");
    expect(clientAddress(from("127.0.0.1", "nonsense"), true)).toBe("127.0.0.1");
    expect(clientAddress(from("127.0.0.1"), true)).toBe("127.0.0.1");
  });

  test("is one key for a whole network of IPv6, however it is written", () => {
    const key = keyOf("2001:db8:1:2:3:4:5:6");
    expect(keyOf("2001:db8:1:2::9")).toBe(key);
    expect(keyOf("2001:db8:1:3::9")).not.toBe(key);
    expect(keyOf("2001:db8::1")).toBe("2001:db8:0:0");
    expect(keyOf("::ffff:203.0.113.5")).toBe("203.0.113.5");
    expect(keyOf("203.0.113.5")).toBe("203.0.113.5");
  });
});

test("an address beyond loopback gets so many connections, and each is free again when it closes", () => {
  const doors = createDoors({ ...usualAccess, host: "0.0.0.0", connectionsPerAddress: 2 });
  const connect = (remoteAddress: string) => {
    const said: string[] = [];
    const socket = Object.assign(new EventEmitter(), {
      remoteAddress,
      said,
      end: (text: string) => said.push(text),
    });
    doors.connection(socket as unknown as Socket);
    doors.connection(socket as unknown as Socket); // it offered h2c, and comes again
    return socket;
  };
  const sockets = Array.from({ length: 3 }, () => connect("203.0.113.5"));
  expect(sockets.map(({ said }) => said.length)).toEqual([0, 0, 1]);
  expect(sockets[2]?.said[0]).toMatch(/^HTTP\/1.1 429 Too Many Requests\r\n[\s\S]*retry-after: 10\r\n/);
  sockets[0]?.emit("close");
  expect(connect("203.0.113.5").said).toEqual([]);
  for (let i = 0; i < 10; i++) expect(connect("127.0.0.1").said).toEqual([]);
});

test("what is left twice is counted once", () => {
  const counter = openCounter(1);
  const leave = counter.enter("203.0.113.5");
  expect(counter.enter("203.0.113.5")).toBeNull();
  leave?.();
  expect(counter.enter("203.0.113.5")).not.toBeNull();
});

describe("the names of a server", () => {
  const gate = (host: string) => {
    const refuse = hostGate({ ...usualAccess, host });
    return (name: string | undefined) => refuse({ headers: { host: name } })?.status ?? 200;
  };

  test("include the one that it listens on", () => {
    expect(gate("192.168.1.5")("192.168.1.5:4000")).toBe(200);
    expect(gate("fd00::5")("[fd00::5]:4000")).toBe(200);
    expect(gate("gpu-box")("gpu-box:4000")).toBe(200);
    expect(gate("127.0.0.1")("192.168.1.5:4000")).toBe(421);
  });

  test("are all its addresses where it listens on all of them, for no page is led astray by a bare address", () => {
    const statusOf = gate("0.0.0.0");
    expect(["192.168.1.5:4000", "[fd00::5]:4000", "localhost"].map(statusOf)).toEqual([200, 200, 200]);
    expect(["evil.example", "192.168.1.5.evil.example", "", "1.2.3"].map(statusOf)).toEqual(
      Array(4).fill(421),
    );
    expect(statusOf(undefined)).toBe(421);
  });
});

test("PUBLIC_URL's page is ours with its scheme and port only", () => {
  const isOurs = (origin: string, publicUrl: string) =>
    isSameOrigin({ headers: { origin, host: "127.0.0.1:4000" } }, publicUrl);
  expect(isOurs("https://gru.example.net", "https://gru.example.net")).toBe(true);
  expect(isOurs("https://gru.example.net", "https://GRU.example.net:443/")).toBe(true);
  expect(isOurs("http://gru.example.net", "https://gru.example.net")).toBe(false);
  expect(isOurs("https://gru.example.net:8443", "https://gru.example.net")).toBe(false);
  expect(isOurs("https://gru.example.net.evil.example", "https://gru.example.net")).toBe(false);
});

test("there is a word at the start where others than this machine can ask", () => {
  expect(
    ["127.0.0.1", "::1", "localhost"].map((host) => warningBeyondLoopback({ host, port: 4000 })),
  ).toEqual([null, null, null]);
  expect(warningBeyondLoopback({ host: "0.0.0.0", port: 4000 })).toMatch(
    /0\.0\.0\.0, port 4000.*no accounts/,
  );
});
