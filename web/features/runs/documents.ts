/** What the list of runs asks for. */
import { graphql } from "../../graphql/generated/gql.ts";

export const runsQuery = graphql(`
  query Runs($first: Int!, $after: String, $filter: RunFilter) {
    runs(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { cursor node { ...RunRow } }
    }
  }
`);

export const recipesQuery = graphql(`
  query Recipes($first: Int!) {
    trainingPresets { id title values { name value } }
    runs(first: $first) { edges { node { ...RunRow config { values { name value } } } } }
  }
`);
