/**
 * An S3 store of one bucket, for tests: what this product asks of one (put, get, delete, list), with every request's
 * signature checked by another implementation than the one that made it. It can break, go away and go silent.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import aws4 from "aws4";

export const s3Keys = { accessKeyId: "a-test-key", secretAccessKey: "its/secret+key" };
const region = "eu-test-1";
const bucket = "checkpoints";
/** Few, so that lists come in pages. */
const longestPage = 2;

/** present: as it should be. failing: 503 to all. away: connections are refused. silent: connections hang. */
export type S3Mood = "present" | "failing" | "away" | "silent";

export async function startS3Server() {
  const objects = new Map<string, Buffer>();
  const sockets = new Set<Socket>();
  let mood: S3Mood = "present";
  const asked = new Set<() => void>();

  const server = createServer(async (request, response) => {
    for (const tell of asked) tell();
    asked.clear();
    const body = await buffer(request).catch(() => null);
    if (body === null || mood === "silent") return;
    const reason = mood === "failing" ? "SlowDown" : whyRefused(request, body);
    if (reason) refuse(response, mood === "failing" ? 503 : 403, reason);
    else answer(request, response, body, objects);
  });
  server.on("connection", (socket) => {
    sockets.add(socket.on("close", () => sockets.delete(socket)));
    if (mood === "away") socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    endpoint,
    address: { bucket, prefix: "team/gatecast", endpoint, region },
    setting: `s3://${bucket}/team/gatecast?endpoint=${endpoint}&region=${region}`,
    /** By key, to be looked at and broken. */
    objects,
    become(next: S3Mood) {
      // What it kept waiting hears of its return, instead of of a silence of ten seconds.
      if (next === "away" || mood === "silent") for (const socket of sockets) socket.destroy();
      mood = next;
    },
    /** Resolves with the next request, whatever becomes of it. */
    nextRequest: () => new Promise<void>((resolve) => asked.add(resolve)),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
export type S3Server = Awaited<ReturnType<typeof startS3Server>>;

/** The name of S3's error; null when the request is signed with the right key. */
function whyRefused(
  { method = "", url = "", headers, rawHeaders }: IncomingMessage,
  body: Buffer,
): string | null {
  const given = headers.authorization ?? "";
  const parts = /Credential=([^/]+)\/\d{8}\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+)/.exec(given);
  if (!parts) return "AccessDenied";
  const [, accessKeyId, signedRegion = "", signedNames = ""] = parts;
  if (accessKeyId !== s3Keys.accessKeyId) return "InvalidAccessKeyId";
  if (signedRegion !== region) return "AuthorizationHeaderMalformed";
  const digest = headers["x-amz-content-sha256"];
  const isUnsigned = digest === "UNSIGNED-PAYLOAD";
  if (!isUnsigned && digest !== createHash("sha256").update(body).digest("hex"))
    return "XAmzContentSHA256Mismatch";
  const signed = new Set(signedNames.split(";"));
  const kept: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase();
    if (signed.has(name)) kept[name] = rawHeaders[at + 1]!;
  }
  const { host = "" } = headers;
  // Without the body: its digest is among the headers, and is compared above.
  const again = aws4.sign({ service: "s3", region, host, method, path: url, headers: kept }, s3Keys);
  const signatureIn = (text: string) => /Signature=([0-9a-f]{64})/.exec(text)?.[1];
  const right = signatureIn(again.headers.Authorization ?? "");
  return right && right === signatureIn(given) ? null : "SignatureDoesNotMatch";
}

function answer(
  { method, url = "" }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  objects: Map<string, Buffer>,
): void {
  const { pathname, searchParams } = new URL(url, "http://s3");
  const [, inBucket = "", ...rest] = pathname.split("/").map(decodeURIComponent);
  const key = rest.join("/");
  const found = objects.get(key);
  if (inBucket !== bucket) refuse(response, 404, "NoSuchBucket");
  else if (method === "PUT") {
    objects.set(key, body);
    response.setHeader("etag", `"${createHash("md5").update(body).digest("hex")}"`).end();
  } else if (method === "DELETE") {
    objects.delete(key);
    response.writeHead(204).end();
  } else if (method !== "GET") refuse(response, 405, "MethodNotAllowed");
  else if (searchParams.get("list-type") === "2") list(response, searchParams, objects);
  else if (found) response.end(found);
  else refuse(response, 404, "NoSuchKey");
}

function list(response: ServerResponse, asked: URLSearchParams, objects: Map<string, Buffer>): void {
  const prefix = asked.get("prefix") ?? "";
  const after = asked.get("continuation-token") ?? "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, longestPage);
  const more = keys.length > page.length;
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
  const token = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
  response.setHeader("content-type", "application/xml");
  response.end(`<ListBucketResult><IsTruncated>${more}</IsTruncated>${token}${contents}</ListBucketResult>`);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
