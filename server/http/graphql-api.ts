/** What both transports need of GraphQL. */
import type { GraphQLSchema } from "graphql";
import type { Context } from "../graphql/context.ts";
import type { Logger } from "../log.ts";

export interface GraphqlApi {
  readonly schema: GraphQLSchema;
  /** One for each operation. */
  readonly createContext: () => Context;
  readonly log: Logger;
}
