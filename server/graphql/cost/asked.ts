/** An operation to be reckoned: its document is valid, its variables are not looked at yet. */
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from "graphql";

export interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** The one of the document's operations that is asked for. */
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

/** For getComplexity, which otherwise adds up all operations of a document. */
export const queryOf = ({ schema, document, operation, variables }: Asked) => ({
  schema,
  query: {
    ...document,
    definitions: [operation, ...document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)],
  },
  variables: { ...variables },
});
