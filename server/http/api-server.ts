/** One port for all: GraphQL over HTTP and WebSocket at /graphql, /health, and the dashboard everywhere else. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import type { Uploads } from "../uploads/uploads.ts";
import { importDoor } from "./body/import-door.ts";
import { browserHeaders } from "./browser-headers.ts";
import { compressed } from "./compressed.ts";
import { createDashboard } from "./dashboard.ts";
import { type Access, usualAccess } from "./doors/access.ts";
import { createDoors } from "./doors/doors.ts";
import { oneByOne } from "./doors/one-by-one.ts";
import { bodyInTime, longestFileMs, type Patience, usualPatience } from "./doors/patience.ts";
import { upgrades } from "./doors/upgrades.ts";
import type { GraphqlApi } from "./graphql-api.ts";
import { graphqlOverHttp } from "./graphql-over-http.ts";
import { graphqlOverWebSocket } from "./graphql-over-websocket.ts";
import { type DatabaseState, health } from "./health.ts";
import { importRouter } from "./import/import-router.ts";
import { missingPage } from "./missing-page.ts";
import { unexpectedError } from "./unexpected-error.ts";

export interface ApiServerOptions extends GraphqlApi {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<DatabaseState>;
  /** The dashboard's built Next project; null: none. */
  readonly dashboardFolder: string | null;
  readonly uploads: Uploads;
  /** What is absent is as usual. */
  readonly access?: Partial<Access>;
  readonly patience?: Partial<Patience>;
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
  const { host, port, ping, dashboardFolder, uploads, log } = options;
  const access = { ...usualAccess, ...options.access, host };
  const patience = { ...usualPatience, ...options.patience };
  const doors = createDoors(access);
  const door = importDoor();
  const overHttp = await graphqlOverHttp(options, access.publicUrl, door);
  const overWebSocket = graphqlOverWebSocket(options, doors);
  const dashboard = createDashboard(dashboardFolder, log);
  const app = express();
  app.disable("x-powered-by");
  app.use(oneByOne());
  app.use(browserHeaders(access.publicUrl));
  app.use(bodyInTime(patience, uploads.maxBytes));
  app.get("/health", health(ping, log));
  app.use(doors.request);
  app.post("/graphql/live", doors.whetherLive);
  app.use("/graphql", compressed(), overHttp.router);
  app.use(
    "/import",
    compressed(),
    importRouter({ api: options, uploads, door, publicUrl: access.publicUrl }),
  );
  app.use(missingPage(options));
  app.use(dashboard.handle);
  app.use(unexpectedError(log));
  const server = createServer(serverTimes(patience, uploads.maxBytes), app);
  server.on("connection", doors.connection);
  server.on("upgrade", upgrades({ server, doors, accept: overWebSocket.accept, log }));
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
      await Promise.all([overHttp.stop(), dashboard.close(), uploads.close()]);
    },
  };
}

/** Node's own limits: of headers, and behind bodyInTime of whole requests. */
const serverTimes = ({ headersMs, ...patience }: Patience, maxFileBytes: number) => ({
  headersTimeout: headersMs,
  requestTimeout: longestFileMs(patience, maxFileBytes) + headersMs,
  connectionsCheckingInterval: 5_000,
});

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
