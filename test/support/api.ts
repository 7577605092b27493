/** The API on a free port, and foreign clients of it: they know nothing but the contract and the two protocols. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FormattedExecutionResult } from "graphql";
import { type Client, createClient } from "graphql-ws";
import pino from "pino";
import { WebSocket } from "ws";
import { createContext } from "../../server/graphql/context.ts";
import { createSchema } from "../../server/graphql/schema.ts";
import { type ApiServerOptions, startApiServer } from "../../server/http/api-server.ts";
import type { DatabaseState } from "../../server/http/health.ts";
import type { Services } from "../../server/services/services.ts";
import { openUploads } from "../../server/uploads/uploads.ts";

export interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly ApiError[];
}
export interface ApiError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly field?: string; readonly id?: string };
}
type Variables = Record<string, unknown>;

export async function startTestApi(
  services: Services,
  ping: () => Promise<DatabaseState> = async () => "ok",
  options: Partial<ApiServerOptions> = {},
) {
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const server = await startApiServer({
    schema: createSchema(),
    createContext: () => createContext(services),
    log,
    host: "127.0.0.1",
    port: 0,
    ping,
    dashboardFolder: null,
    uploads: openUploads({
      importFolder: join(tmpdir(), "gatecast-test-imports"),
      maxImportBytes: 200_000_000,
    }),
    ...options,
  });
  const clients: Client[] = [];
  const endpoint = `${server.url}/graphql`;
  return {
    url: server.url,
    endpoint,
    /** Lines of the log, of errors only. */
    logged,
    ask: (query: string, variables: Variables = {}) => ask(endpoint, { query, variables }),
    post: (body: string, headers: Record<string, string> = {}) => post(endpoint, body, headers),
    subscribe(query: string, variables: Variables = {}) {
      const client = connect(endpoint);
      clients.push(client);
      return client.iterate<Record<string, unknown>>({ query, variables });
    },
    connect: () => {
      const client = connect(endpoint);
      clients.push(client);
      return client;
    },
    /** As a restart would: the clients are still there. */
    stop: () => server.close(),
    async close() {
      for (const client of clients) await client.dispose();
      await server.close();
    },
  };
}
export type TestApi = Awaited<ReturnType<typeof startTestApi>>;

const connect = (endpoint: string): Client =>
  createClient({ url: endpoint.replace("http", "ws"), webSocketImpl: WebSocket, retryAttempts: 0 });

export async function post(endpoint: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  const { data = null, errors = [] } = (await response.json()) as Partial<Answer>;
  return { status: response.status, data, errors };
}

export const ask = (endpoint: string, request: { query: string; variables?: Variables }): Promise<Answer> =>
  post(endpoint, JSON.stringify(request));

/** The data of the next `count` results; fewer when the subscription completes before. */
export async function take(
  results: AsyncIterable<FormattedExecutionResult<Record<string, unknown>, unknown>>,
  count = Number.POSITIVE_INFINITY,
) {
  const taken: unknown[] = [];
  for await (const { data, errors } of results) {
    if (errors) throw new Error(JSON.stringify(errors));
    taken.push(data);
    if (taken.length === count) break;
  }
  return taken;
}
