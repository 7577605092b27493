/** One port for all: GraphQL over HTTP and WebSocket at /graphql, /health, and the dashboard everywhere else. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import express from "express";
import { browserHeaders } from "./browser-headers.ts";
import { createDashboard } from "./dashboard.ts";
import type { GraphqlApi } from "./graphql-api.ts";
import { graphqlOverHttp } from "./graphql-over-http.ts";
import { graphqlOverWebSocket } from "./graphql-over-websocket.ts";
import { type DatabaseState, health } from "./health.ts";
import { isSameOrigin } from "./same-origin.ts";
import { unexpectedError } from "./unexpected-error.ts";

export interface ApiServerOptions extends GraphqlApi {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<DatabaseState>;
  /** The dashboard's built Next project; null: none. */
  readonly dashboardFolder: string | null;
}

export interface ApiServer {
  readonly url: string;
  /** Resolves once the dashboard's pages are served. */
  readonly dashboardStarted: Promise<void>;
  /** Ends subscriptions, lets requests in hand finish for a moment, and frees the port. */
  close(): Promise<void>;
}

/** How long requests in hand may take once the server closes. */
const graceMs = 1_500;

/** @throws Error as of net.Server, such as EADDRINUSE. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { host, port, ping, dashboardFolder, log } = options;
  const overHttp = await graphqlOverHttp(options);
  const overWebSocket = graphqlOverWebSocket(options);
  const dashboard = createDashboard(dashboardFolder, log);
  const app = express();
  app.disable("x-powered-by");
  app.use(browserHeaders);
  app.get("/health", health(ping, log));
  app.use("/graphql", overHttp.router);
  app.use(dashboard.handle);
  app.use(unexpectedError(log));
  const server = createServer(app);
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", (err) => log.debug({ err }, "a socket broke"));
    if (pathOf(request) !== "/graphql") return refuse(socket, "404 Not Found", "WebSockets are at /graphql");
    if (!isSameOrigin(request))
      return refuse(socket, "403 Forbidden", "the Origin header must name the host that serves the page");
    overWebSocket.accept(request, socket, head);
  });
  await listen(server, port, host);
  return {
    url: urlOf(server.address() as AddressInfo),
    dashboardStarted: dashboard.start(),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await overWebSocket.close();
      const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cutOff);
      await Promise.all([overHttp.stop(), dashboard.close()]);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** An address that can be opened: who listens everywhere is reached locally. */
function urlOf({ address, family, port }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::") return `http://127.0.0.1:${port}`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?", 1)[0] ?? "/";

function refuse(socket: Duplex, status: string, reason: string): void {
  socket.once("finish", () => socket.destroy()); // the server could not close while the other side lingers
  const head = [`HTTP/1.1 ${status}`, "connection: close", "content-type: text/plain"];
  socket.end(`${[...head, `content-length: ${Buffer.byteLength(reason)}`].join("\r\n")}\r\n\r\n${reason}`);
}
