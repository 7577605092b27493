/** Counts what an operation costs before it is run over HTTP, and adds the cost to every answer. */
import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { Context } from "../graphql/context.ts";
import { noCost, reckon } from "../graphql/cost/cost.ts";

export const costPlugin: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    let told = noCost;
    return {
      async didResolveOperation({ schema, document, operation, request }) {
        if (!operation) return;
        const { cost, errors } = reckon({ schema, document, operation, variables: request.variables });
        told = cost;
        const [refusal] = errors;
        if (refusal) throw withStatus(400, refusal);
      },
      async willSendResponse({ response: { body } }) {
        if (body.kind !== "single") return;
        body.singleResult.extensions = { ...body.singleResult.extensions, cost: told };
      },
    };
  },
};

/** Apollo's own status for what a plugin throws is 500. */
function withStatus(status: number, { message, nodes, originalError }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes, originalError, extensions: { http: { status } } });
}
