/**
 * Subscriptions whose subscribers share the work: when a thousand watch one run with the same document, each event is
 * resolved once, not a thousand times. With one run and 1,000 sockets that is two thirds of what an event costs.
 */
import { createHash } from "node:crypto";
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute, print } from "graphql";
import type { Context } from "../graphql/context.ts";
import type { Cost } from "../graphql/cost/cost.ts";

export interface SubscriptionArgs extends ExecutionArgs {
  readonly contextValue: Context;
  /** Of the operation; part of each answer. */
  readonly cost: Cost;
}

/** The answers that were made of an event, by subscription document; garbage-collected with the event. */
const answers = new WeakMap<object, Map<string, Promise<ExecutionResult>>>();

/**
 * As graphql's own subscribe, but for the sharing.
 * Where there is nothing to follow, its first step throws why: a result with errors would be taken for an event.
 */
export async function subscribeShared(
  args: SubscriptionArgs,
): Promise<AsyncIterableIterator<ExecutionResult, undefined>> {
  const source = await createSourceEventStream(args);
  if (!isAsyncIterable(source)) return failing(source);
  const events = source[Symbol.asyncIterator]();
  const question = questionOf(args);
  const told: AsyncIterableIterator<ExecutionResult, undefined> = {
    async next() {
      const { done, value } = await events.next();
      return done
        ? { done, value: undefined }
        : { done: false, value: await answerTo(question, value, args) };
    },
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => told,
  };
  return told;
}

const isAsyncIterable = (source: object): source is AsyncIterable<unknown> => Symbol.asyncIterator in source;

function failing({ errors = [] }: ExecutionResult): AsyncIterableIterator<ExecutionResult, undefined> {
  const reason = errors[0] ?? new Error("a subscription gave neither events nor a reason");
  const told: AsyncIterableIterator<ExecutionResult, undefined> = {
    next: () => Promise.reject(reason),
    return: async () => ({ done: true, value: undefined }),
    [Symbol.asyncIterator]: () => told,
  };
  return told;
}

/**
 * All that an answer depends on besides the event. Different audiences never share, since they may see different things.
 * A hash, because it is kept as long as the subscription.
 */
const questionOf = ({ document, operationName, variableValues, contextValue }: SubscriptionArgs): string =>
  createHash("sha256")
    .update(JSON.stringify([contextValue.audience, operationName, variableValues, print(document)]))
    .digest("base64");

function answerTo(question: string, event: unknown, args: SubscriptionArgs): Promise<ExecutionResult> {
  const answer = async () => execute({ ...args, rootValue: event });
  if (typeof event !== "object" || event === null) return answer();
  const known = answers.get(event) ?? new Map<string, Promise<ExecutionResult>>();
  answers.set(event, known);
  const shared = known.get(question) ?? answer();
  known.set(question, shared);
  return shared;
}
