/** GraphQL over WebSocket, in the graphql-transport-ws protocol: subscriptions, and queries for those who like. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError, getOperationAST, parse, validate } from "graphql";
import type { SubscribePayload } from "graphql-ws";
import { useServer as serveGraphql } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { reckon } from "../graphql/cost/cost.ts";
import { presentError } from "../graphql/errors.ts";
import type { GraphqlApi } from "./graphql-api.ts";
import { documentTokens, operationsPerSocket, requestBytes } from "./limits.ts";
import { type SubscriptionArgs, subscribeShared } from "./shared-subscriptions.ts";

/** A client that leaves two of these pings unanswered is gone. */
const keepAliveMs = 12_000;
/** How long a client may take to answer that the server goes away. */
const farewellMs = 1_000;

export function graphqlOverWebSocket(api: GraphqlApi) {
  // noServer: with a path of its own, ws would answer 400 to every other upgrade on this port.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: requestBytes });
  const present = (errors: readonly GraphQLError[]) => errors.map((error) => presentError(error, api.log));
  const server = serveGraphql(
    {
      onSubscribe: ({ subscriptions }, _id, payload) =>
        Object.keys(subscriptions).length > operationsPerSocket ? [tooMany] : prepare(api, payload),
      subscribe: (args) => subscribeShared(args as SubscriptionArgs), // from prepare
      onError: (_context, _id, _payload, errors) => present(errors),
      onNext: (_context, _id, _payload, args, { errors, ...result }) => ({
        ...result,
        ...(errors && { errors: present(errors) }),
        extensions: { ...result.extensions, cost: (args as SubscriptionArgs).cost }, // from prepare
      }),
    },
    sockets,
    keepAliveMs,
  );
  return {
    accept: (request: IncomingMessage, socket: Duplex, head: Buffer): void =>
      sockets.handleUpgrade(request, socket, head, (accepted) =>
        sockets.emit("connection", accepted, request),
      ),
    /** Ends every subscription and says 1001, going away; who does not answer is cut off. */
    async close(): Promise<void> {
      const open = [...sockets.clients];
      const cutOff = setTimeout(() => {
        for (const client of open) client.terminate();
      }, farewellMs);
      await server.dispose();
      clearTimeout(cutOff);
    },
  };
}

/** graphql-ws would close the whole socket on a syntax error; here it is an answer like any other. */
function prepare(api: GraphqlApi, request: SubscribePayload): SubscriptionArgs | readonly GraphQLError[] {
  const { query, operationName, variables } = request;
  const { schema, createContext } = api;
  try {
    const document = parse(query, { maxTokens: documentTokens });
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    const operation = getOperationAST(document, operationName);
    if (!operation) return [unknownOperation(operationName)];
    const { cost, errors: refusals } = reckon({ schema, document, operation, variables });
    if (refusals.length > 0) return refusals;
    return {
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: createContext(),
      cost,
    };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

const tooMany = new GraphQLError(
  `a socket may have at most ${operationsPerSocket} operations at a time: complete some, or open another`,
  { extensions: { code: "LIMIT_EXCEEDED" } },
);

const unknownOperation = (name: string | null | undefined): GraphQLError =>
  new GraphQLError(
    name == null
      ? "the document has several operations: say which one with operationName"
      : `the document has no operation named ${JSON.stringify(name)}`,
    { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } },
  );
