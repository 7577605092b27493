/** Who a request comes from, for limits of each address. */
import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8);
loopback.addAddress("::1", "ipv6");

const within = new BlockList();
for (const [net, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const)
  within.addSubnet(net, prefix);
within.addSubnet("fc00::", 7, "ipv6");

const isIn = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, isIPv6(address) ? "ipv6" : "ipv4");

/** Programs on this machine have no limits. */
export const isLoopback = (address: string): boolean => isIn(loopback, address);

/** Whether the peer may be a proxy: it runs on this machine or in a private network. */
const mayBeProxy = (address: string): boolean => isLoopback(address) || isIn(within, address);

/**
 * @param behindProxy the last address that a near proxy adds to X-Forwarded-For is then the client's. What stands before
 * it is the client's own claim.
 */
export function clientAddress(
  { socket, headers }: Pick<IncomingMessage, "socket" | "headers">,
  behindProxy: boolean,
): string {
  const peer = socket.remoteAddress ?? "";
  if (!behindProxy || !mayBeProxy(peer)) return peer;
  const told = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",").at(-1)?.trim() ?? "";
  const address = told.replace(/^\[(.+)\](?::\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1"); // some add the port
  return isIP(address) === 0 ? peer : address;
}

/** A proxy's connections carry the requests of many people. */
export const isShared = (address: string, behindProxy: boolean): boolean =>
  isLoopback(address) || (behindProxy && mayBeProxy(address));

/** One key for all that one client has: IPv6 gives each of them 2^64 addresses. */
export function keyOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(plain)) return plain;
  const [head = "", tail] = (plain.split("%", 1)[0] ?? "").split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(Math.max(0, zeros)).fill("0"), ...after].slice(0, 4).join(":");
}
