/** What an operation costs, and whether it may be run: reckoned before anything runs, the same for every transport. */
import { GraphQLError, getVariableValues, OperationTypeNode } from "graphql";
import { LimitExceeded } from "../../domain/errors.ts";
import type { Asked } from "./asked.ts";
import { pointsIn } from "./points.ts";
import { usesIn } from "./uses.ts";

/** Two charts of the most points; the dashboard's dearest document, three overlays looked at closely, costs 72,000. */
const allowedPoints = 200_000;
/** Uses of each heavy field in one operation: a chart for each of three splits, and one more. */
const heavyUses = 4;
/** Fields of the root in one operation, by its kind: each reads or writes on its own. */
const rootFields = { query: 100, mutation: 10, subscription: 1 } as const;

/** Told with every answer, in extensions.cost. */
export interface Cost {
  /** Points; 0 where nothing could be reckoned, because the request is wrong. */
  readonly requested: number;
  readonly allowed: number;
}
export const noCost: Cost = { requested: 0, allowed: allowedPoints };

export interface Reckoning {
  readonly cost: Cost;
  /** Why it must not be run; empty when it may. */
  readonly errors: readonly GraphQLError[];
}

/** @param asked of a document that was validated: what it may hold is not checked again here. */
export function reckon(asked: Asked): Reckoning {
  const { schema, operation, variables } = asked;
  // Wrong variables are told as the executor would, all of them, before there is any talk of cost.
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
  if (errors !== undefined) return { cost: noCost, errors };
  try {
    const { requested, dearest } = pointsIn(asked);
    const cost = { requested, allowed: allowedPoints };
    const refusal = tooManyUses(asked) ?? tooManyPoints(requested, dearest);
    return { cost, errors: refusal === null ? [] : [refused(refusal, cost)] };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // An argument that only its value shows to be wrong is named; without nodes it is the library's own limit.
    return { cost: noCost, errors: [error.nodes === undefined ? refused(tooManyParts, noCost) : error] };
  }
}

const refused = (message: string, cost: Cost): GraphQLError =>
  new GraphQLError(message, { originalError: new LimitExceeded(message, { cost }) });

const tooManyParts =
  "an operation may have at most 10,000 fields and fragments, each counted wherever it is used: " +
  "ask for less, or in several operations";

function tooManyUses(asked: Asked): string | null {
  const { heavy, repeated, roots } = usesIn(asked);
  if (repeated !== null) {
    const each = repeated.under.startsWith("Subscription.") ? "event" : "entry";
    return `${repeated.field} may not be asked for under ${repeated.under}, once for each ${each}: ask for it by id, in an operation of its own`;
  }
  for (const [field, uses] of heavy) {
    if (uses > heavyUses)
      return `${field} may be asked for at most ${heavyUses} times in one operation, got ${uses}: ask in several operations`;
  }
  const kind = asked.operation.operation;
  const most = rootFields[kind];
  if (roots <= most || kind === OperationTypeNode.SUBSCRIPTION) return null;
  const what = kind === OperationTypeNode.MUTATION ? "mutations" : "fields of Query";
  return `an operation may have at most ${most} ${what}, got ${roots}: send them in several operations`;
}

function tooManyPoints(requested: number, dearest: string | null): string | null {
  if (requested <= allowedPoints) return null;
  const most = dearest === null ? "" : `, most of them for ${dearest}`;
  return (
    `an operation may ask for at most ${words(allowedPoints)} points, got ${words(requested)}${most}: ` +
    "set a smaller first or maxPoints, or ask in several operations"
  );
}

const words = (count: number): string => count.toLocaleString("en-US");
