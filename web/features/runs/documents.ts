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
