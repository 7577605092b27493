/** GraphQL over HTTP: Apollo behind a JSON body, and a page for people who open the address in a browser. */
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from "express";
import { GraphQLError, type GraphQLFormattedError, OperationTypeNode } from "graphql";
import type { Context } from "../graphql/context.ts";
import { presentError } from "../graphql/errors.ts";
import { costPlugin } from "./cost-plugin.ts";
import type { GraphqlApi } from "./graphql-api.ts";
import { howToQuery } from "./how-to-query.ts";
import { documentTokens, requestBytes } from "./limits.ts";

export async function graphqlOverHttp(api: GraphqlApi): Promise<{ router: Router; stop(): Promise<void> }> {
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
    plugins: [ApolloServerPluginLandingPageDisabled(), pointSubscriptionsToWebSocket, costPlugin],
  });
  await apollo.start();
  const router = express.Router();
  router.get("/", pageForPeople);
  router.use(express.json({ limit: requestBytes }));
  router.use(expressMiddleware(apollo, { context: async () => api.createContext() }));
  router.use(answerUnreadableBody);
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

const pageForPeople: RequestHandler = (request, response, next) => {
  if (request.query.query !== undefined || request.accepts(["json", "html"]) !== "html") return next();
  response.type("html").send(howToQuery);
};

/** What the body parser refuses is answered in GraphQL's own form, for its clients read nothing else. */
const answerUnreadableBody: ErrorRequestHandler = (error: BodyError, _request, response, next) => {
  if (error.status === undefined || error.status >= 500) return next(error);
  response.status(error.status).json({ errors: [describeBodyError(error)] });
};

/** Of http-errors, which the body parser throws. */
type BodyError = Error & { readonly status?: number; readonly type?: string; readonly length?: number };

function describeBodyError({ type, message, length }: BodyError): GraphQLFormattedError {
  if (type === "entity.too.large") {
    const got = length === undefined ? "more" : `${length}`;
    return {
      message: `a request must be at most ${requestBytes} bytes, got ${got}: send the rows in parts`,
      extensions: { code: "LIMIT_EXCEEDED" },
    };
  }
  return {
    message: `the request's body must be JSON with a query, got what cannot be read: ${message}`,
    extensions: { code: "BAD_USER_INPUT", field: "body" },
  };
}
