/** GraphQL over HTTP: Apollo behind a JSON body, and a page for people who open the address in a browser. */
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type RequestHandler, type Router } from "express";
import { GraphQLError, OperationTypeNode } from "graphql";
import type { Context } from "../graphql/context.ts";
import { presentError } from "../graphql/errors.ts";
import type { ImportDoor } from "./body/import-door.ts";
import { jsonBody } from "./body/json-body.ts";
import { costPlugin } from "./cost-plugin.ts";
import { foreignOrigin, isSameOrigin } from "./doors/same-origin.ts";
import type { GraphqlApi } from "./graphql-api.ts";
import { howToQuery } from "./how-to-query.ts";
import { documentTokens } from "./limits.ts";

/** @param publicUrl where people open the dashboard when a proxy serves it. */
export async function graphqlOverHttp(
  api: GraphqlApi,
  publicUrl: string | null,
  door: ImportDoor,
): Promise<{ router: Router; stop(): Promise<void> }> {
  const apollo = new ApolloServer<Context>({
    schema: api.schema,
    formatError: (_, error) => presentError(error, api.log),
    includeStacktraceInErrorResponses: false,
    introspection: true,
    persistedQueries: false,
    parseOptions: { maxTokens: documentTokens },
    maxRecursiveSelections: true,
    stopOnTerminationSignals: false,
    logger: api.log,
    // Apollo's own page loads its parts from another host.
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      pointSubscriptionsToWebSocket,
      refuseForeignMutations(publicUrl),
      costPlugin,
    ],
  });
  await apollo.start();
  const router = express.Router();
  router.get("/", pageForPeople);
  router.use(jsonBody(door));
  const answer = expressMiddleware(apollo, { context: async () => api.createContext() });
  router.use(async (request, response, next) => {
    try {
      await answer(request, response, next);
    } finally {
      // Does not end when the client leaves: its import goes on.
      response.locals.leave?.();
    }
  });
  return { router, stop: () => apollo.stop() };
}

const pointSubscriptionsToWebSocket: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return;
        const message =
          "subscriptions go over a WebSocket to this address (graphql-transport-ws), not over HTTP";
        throw new GraphQLError(message, { extensions: { code: "BAD_REQUEST", http: { status: 400 } } });
      },
    };
  },
};

/** A form cannot send JSON, and a script of another page needs a permission that we never give. This check stands in addition. */
const refuseForeignMutations = (publicUrl: string | null): ApolloServerPlugin<Context> => ({
  async requestDidStart({ request: { http } }) {
    return {
      async didResolveOperation({ operation }) {
        const headers = { origin: http?.headers.get("origin"), host: http?.headers.get("host") };
        if (operation?.operation !== OperationTypeNode.MUTATION || isSameOrigin({ headers }, publicUrl))
          return;
        const { message, code, status } = foreignOrigin({ headers });
        throw new GraphQLError(message, { extensions: { code, http: { status } } });
      },
    };
  },
});

const pageForPeople: RequestHandler = (request, response, next) => {
  if (request.query.query !== undefined || request.accepts(["json", "html"]) !== "html") return next();
  response.set("cache-control", "private, no-cache").type("html").send(howToQuery(response.locals.nonce));
};
