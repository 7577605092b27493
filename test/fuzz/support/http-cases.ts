/** HTTP as programs, proxies and attackers write it: bytes on a connection. */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { hostileText } from "./hostile.ts";

export interface HttpCase {
  /** In latin1: one character a byte. */
  readonly bytes: string;
}

const paths = fc.oneof(
  { weight: 6, arbitrary: fc.constant("/graphql") },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        "/",
        "/health",
        "/HEALTH/",
        "/graphql/",
        "/graphql/live",
        "/graphql?query={viewer{name}}",
        "/graphql/%2e%2e/health",
        "//graphql",
        "/runs/x",
        "/runs/%ff",
        "/runs/%00",
      ],
      ...[
        "/series/x?y=%ff",
        "/_next/image?url=/x&w=1&q=1",
        "/_next/static/../../package.json",
        "/_next/data/x/runs/y.json",
        "/..%2f..%2fetc/passwd",
        "http://evil.example/graphql",
        "*",
        "/graphql#x",
      ],
      ...[
        "/?__nextDataReq=1",
        "/_next/static/chunks/%5c%5c",
        "/api",
        "/favicon.ico",
        "/icon.svg",
        `/${"a".repeat(5_000)}`,
        "/%E0%A4%A",
        "/runs/new?seriesId=%3Cscript%3E",
        "/system/..;/",
        "///",
        "/runs/\\x",
      ],
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }).map((text) => `/${text.replace(/[^!-~]/g, "")}`) },
);
const methods = fc.oneof(
  { weight: 6, arbitrary: fc.constant("POST") },
  { weight: 3, arbitrary: fc.constant("GET") },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "HEAD",
      "PUT",
      "DELETE",
      "OPTIONS",
      "PATCH",
      "TRACE",
      "CONNECT",
      "PROPFIND",
      "QUERY",
      "get",
      "FOO",
      "",
    ),
  },
);

const odd = fc.string({ unit: "binary", maxLength: 20 }).map((text) => Buffer.from(text).toString("latin1"));
const header = (name: string, ...values: string[]) => fc.tuple(fc.constant(name), fc.constantFrom(...values));
const anyHeader: fc.Arbitrary<[string, string]> = fc.oneof(
  header(
    "host",
    "evil.example",
    "127.0.0.1",
    "localhost.",
    "LOCALHOST",
    "[::1]:1",
    "127.0.0.1:99999",
    "",
    "localhost@evil",
    "localhost:4000\thttp",
    "127.1",
  ),
  header(
    "origin",
    "null",
    "http://evil.example",
    "http://127.0.0.1",
    "file://",
    "",
    "http://[",
    "http://localhost@evil.example",
  ),
  header(
    "content-type",
    "application/json",
    "text/plain",
    "application/json; charset=utf-16",
    "application/json;charset=",
    "multipart/form-data",
    "application/graphql",
    "APPLICATION/JSON ; x",
    "application/x-www-form-urlencoded",
    ";;;",
  ),
  header("content-encoding", "gzip", "br", "identity", "identity, gzip", "", "x"),
  header(
    "transfer-encoding",
    "chunked",
    "gzip, chunked",
    "identity",
    "chunked, chunked",
    " chunked",
    "xchunked",
  ),
  header("content-length", "0", "5", "-1", "1e3", "99999999", "99999999999999999999", "0x10", "5, 5", " 7"),
  header("upgrade", "h2c", "websocket", "WebSocket", "TLS/1.0", "websocket, h2c", ""),
  header(
    "connection",
    "close",
    "upgrade",
    "Upgrade, HTTP2-Settings",
    "keep-alive",
    "close, host",
    "transfer-encoding",
  ),
  header("expect", "100-continue", "x", ""),
  header(
    "accept",
    "application/graphql-response+json",
    "text/html",
    "text/event-stream",
    "*/*;q=0",
    "multipart/mixed",
    "a".repeat(300),
    ",",
  ),
  header("x-forwarded-for", "203.0.113.5", "::1", "evil", "1.2.3.4, 5.6.7.8", ",".repeat(500)),
  header("x-forwarded-host", "evil.example"),
  header("x-http-method-override", "DELETE"),
  header("x-middleware-subrequest", "middleware", "src/middleware:src/middleware:src/middleware"),
  header("next-action", "a".repeat(40), "x"),
  header("rsc", "1"),
  header("next-router-state-tree", "%5B%22%22%5D", "x", "%ff", "[".repeat(500)),
  header("range", "bytes=0-", "bytes=-1", "bytes=9-1", "bytes=0-0,1-1,2-2"),
  header("if-none-match", "*", '"x"'),
  header("if-modified-since", "x", "Fri, 31 Feb 2020 25:61:61 GMT"),
  header("cookie", "a=b; __proto__=x", "=".repeat(300), "%ff=%ff"),
  header("sec-websocket-key", "x", "dGhlIHNhbXBsZSBub25jZQ==", ""),
  header("sec-websocket-version", "13", "8", "x"),
  header(
    "sec-websocket-protocol",
    "graphql-transport-ws",
    "graphql-ws",
    "x",
    ",",
    "a b",
    "graphql-transport-ws, graphql-transport-ws",
  ),
  header(
    "sec-websocket-extensions",
    "permessage-deflate",
    "permessage-deflate; client_max_window_bits=99",
    ";;",
  ),
  fc.tuple(
    fc.constantFrom(
      "x",
      "accept",
      "origin",
      "cookie",
      "referer",
      "user-agent",
      "accept-language",
      "te",
      "trailer",
      "via",
    ),
    odd,
  ),
  fc.tuple(odd, odd),
);

const question = '{"query":"{ viewer { name } }"}';
const bodies = fc
  .oneof(
    { weight: 5, arbitrary: fc.constant(question) },
    {
      weight: 5,
      arbitrary: fc.constantFrom(
        ...[
          "",
          "{",
          "null",
          "7",
          '"x"',
          "[]",
          `[${question}]`,
          "{}",
          '{"query":7}',
          '{"query":null}',
          '{"query":""}',
          '{"query":"{"}',
          "\ufeff{}",
          "\u0000",
        ],
        ...[
          '{"query":"{ viewer { name } }","variables":[]}',
          '{"query":"{ viewer { name } }","variables":"x"}',
          '{"query":"{ viewer { name } }","operationName":{}}',
          '{"query":"{ viewer { name } }","extensions":7}',
        ],
        ...[
          '{"query":"{ viewer { name } }","__proto__":{"x":1}}',
          '{"__proto__":{"query":"{viewer{name}}"}}',
          '{"constructor":{"prototype":{"query":"x"}}}',
          '{"query":"{ viewer { name } }","variables":{"__proto__":{"a":1}}}',
        ],
        ...[
          `{"query":${"[".repeat(20_000)}`,
          `{"query":"${"{a".repeat(500)}"}`,
          '{"query":"subscription { runChanges { id } }"}',
          '{"query":"query a { viewer { name } } query b { viewer { name } }","operationName":"__proto__"}',
        ],
        ...[
          '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
          '{"query":"{ viewer { name } }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
          "query={viewer{name}}",
          "--x\r\n",
        ],
      ),
    },
    {
      weight: 1,
      arbitrary: hostileText.map((text) =>
        JSON.stringify({ query: text, operationName: text, variables: { [text]: text } }),
      ),
    },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.constant(gzipSync(question).toString("latin1")) },
  )
  .map((text) => (text.startsWith("\u001f\u008b") ? text : Buffer.from(text).toString("latin1")));

const lineEnd = fc.oneof(
  { weight: 30, arbitrary: fc.constant("\r\n") },
  { weight: 1, arbitrary: fc.constantFrom("\n", "\r", "\r\n ") },
);

export const httpCases = (port: number): fc.Arbitrary<HttpCase> =>
  fc
    .record({
      ...{ method: methods, path: paths, body: bodies, end: lineEnd },
      headers: fc.array(anyHeader, { maxLength: 4 }),
      host: fc.oneof(
        { weight: 8, arbitrary: fc.constant([`host: 127.0.0.1:${port}`]) },
        { weight: 1, arbitrary: fc.constant([]) },
      ),
      usual: fc.oneof(
        { weight: 6, arbitrary: fc.constant(["content-type: application/json"]) },
        { weight: 1, arbitrary: fc.constant([]) },
      ),
      length: fc.oneof(
        { weight: 8, arbitrary: fc.constant("true") },
        { weight: 1, arbitrary: fc.constantFrom("none", "less", "more", "chunked") },
      ),
      version: fc.oneof(
        { weight: 20, arbitrary: fc.constant("HTTP/1.1") },
        { weight: 1, arbitrary: fc.constantFrom("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "") },
      ),
      again: fc.boolean(),
    })
    .map(({ method, path, body, end, headers, host, usual, length, version, again }) => {
      const says = headers.map(([name, value]) => `${name}: ${value}`);
      const sized = {
        true: [`content-length: ${body.length}`],
        none: [],
        less: [`content-length: ${Math.floor(body.length / 2)}`],
        more: [`content-length: ${body.length + 50}`],
        chunked: ["transfer-encoding: chunked"],
      }[length]!;
      const payload = length === "chunked" ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body;
      const one = [`${method} ${path} ${version}`, ...host, ...usual, ...sized, ...says, "", payload].join(
        end,
      );
      return { bytes: again ? one + one : one };
    });
