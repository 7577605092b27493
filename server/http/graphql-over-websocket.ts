/** GraphQL over WebSocket, in the graphql-transport-ws protocol: subscriptions, and queries for those who like. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError, getOperationAST, OperationTypeNode, parse, validate } from "graphql";
import { makeServer, type SubscribePayload } from "graphql-ws";
import { WebSocketServer } from "ws";
import { reckon } from "../graphql/cost/cost.ts";
import { presentError } from "../graphql/errors.ts";
import { refuseDepth } from "./document-depth.ts";
import type { RequestLimiter } from "./doors/address-limits.ts";
import type { GraphqlApi } from "./graphql-api.ts";
import { nameOfOperation, noteOperation } from "./last-operation.ts";
import {
  documentLength,
  documentTokens,
  operationIdLength,
  operationsPerSocket,
  requestBytes,
} from "./limits.ts";
import type { Refusal } from "./refusal.ts";
import { type SubscriptionArgs, subscribeShared } from "./shared-subscriptions.ts";
import { declaredVariables, refuseKeeping, smallest } from "./sockets/kept-operation.ts";
import { type SocketExtra, serveSocket } from "./sockets/live-socket.ts";
import { chooseProtocol } from "./sockets/old-protocol.ts";

/** How long a client may take to answer the close frame. */
const farewellMs = 1_000;
/** RFC 6455, 7.4.1. */
const goingAway = 1001;

export interface SocketLimits {
  readonly limitRequests: RequestLimiter;
  readonly addressOf: (request: IncomingMessage) => string;
}

export function graphqlOverWebSocket(api: GraphqlApi, { limitRequests, addressOf }: SocketLimits) {
  // noServer: with a path of its own, ws would answer 400 to every other upgrade on this port.
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: requestBytes,
    handleProtocols: chooseProtocol,
  });
  const present = (errors: readonly GraphQLError[]) =>
    errors.map((error) => presentError(whole(error), api.log));
  const server = makeServer<Record<string, unknown>, SocketExtra>({
    onConnect(context) {
      Object.assign(context, { connectionParams: undefined }); // nothing reads them, and they would stay in memory
    },
    async onSubscribe({ extra }, id, payload) {
      noteOperation(nameOfOperation(payload), extra.messageBytes);
      const request = takeOut(payload);
      if (id.length > operationIdLength) return [longId];
      if (extra.operations() > operationsPerSocket) return [tooMany];
      const refusal = await limitRequests(addressOf(extra.request));
      return refusal === null ? prepare(api, request) : [asError(refusal)];
    },
    subscribe: (args) => subscribeShared(args as SubscriptionArgs), // from prepare
    onError: (_context, _id, _payload, errors) => present(errors),
    onNext: (_context, _id, _payload, args, { errors, ...result }) => ({
      ...result,
      ...(errors && { errors: present(errors) }),
      extensions: { ...result.extensions, cost: (args as SubscriptionArgs).cost }, // from prepare
    }),
  });
  return {
    accept: (request: IncomingMessage, socket: Duplex, head: Buffer): void =>
      sockets.handleUpgrade(request, socket, head, (accepted) =>
        serveSocket(server, accepted, request, api.log),
      ),
    /** Ends every subscription with close code 1001 (going away), and cuts off clients that do not answer. */
    async close(): Promise<void> {
      const open = [...sockets.clients];
      const cutOff = setTimeout(() => {
        for (const client of open) client.terminate();
      }, farewellMs);
      const closed = new Promise((resolve) => sockets.close(resolve));
      for (const client of open) client.close(goingAway, "Going away");
      await closed;
      clearTimeout(cutOff);
    },
  };
}

/** graphql-ws would close the whole socket on a syntax error; we answer it like any other error. */
function prepare(api: GraphqlApi, request: SubscribePayload): SubscriptionArgs | readonly GraphQLError[] {
  const { query, operationName } = request;
  const { schema, createContext } = api;
  try {
    if (query.length > documentLength) return [longDocument(query.length)];
    const deep = refuseDepth(query);
    if (deep !== null) return [deep];
    const document = parse(query, { maxTokens: documentTokens });
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    const operation = getOperationAST(document, operationName);
    if (!operation) return [unknownOperation(operationName)];
    const declared = declaredVariables(schema, operation, request.variables ?? {});
    if ("errors" in declared) return declared.errors;
    const { variables } = declared;
    const { cost, errors: refusals } = reckon({ schema, document, operation, variables });
    if (refusals.length > 0) return refusals;
    const args = { schema, operationName, variableValues: variables, contextValue: createContext(), cost };
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return { ...args, document };
    const refusal = refuseKeeping(variables);
    return refusal === null ? { ...args, document: smallest(query) } : [refusal];
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

/** graphql-ws keeps the message for as long as its operation lives: what the operation needs is taken out of it. */
function takeOut(payload: SubscribePayload): SubscribePayload {
  const request = { ...payload };
  Object.assign(payload, {
    query: "",
    variables: undefined,
    extensions: undefined,
    operationName: undefined,
  });
  return request;
}

/** What a stream broke off with comes in an error of graphql-ws, which has its message but neither path nor nodes. */
const whole = (error: GraphQLError): GraphQLError => {
  const { originalError, message, nodes } = error;
  const isWrapped =
    originalError instanceof GraphQLError && nodes === undefined && originalError.message === message;
  return isWrapped ? originalError : error;
};

const limitExceeded = (message: string, retryAfterMs?: number): GraphQLError =>
  new GraphQLError(message, { extensions: { code: "LIMIT_EXCEEDED", retryAfterMs } });

const asError = ({ message, retryAfterMs }: Refusal): GraphQLError => limitExceeded(message, retryAfterMs);

const longId = limitExceeded(`an operation's id may have ${operationIdLength} characters`);

const longDocument = (length: number): GraphQLError =>
  limitExceeded(`a document may have ${documentLength} characters, got ${length}`);

const tooMany = limitExceeded(
  `a socket may have at most ${operationsPerSocket} operations at a time: complete some, or open another`,
);

const unknownOperation = (name: string | null | undefined): GraphQLError =>
  new GraphQLError(
    name == null
      ? "the document has several operations: say which one with operationName"
      : `the document has no operation named ${JSON.stringify(name)}`,
    { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } },
  );
