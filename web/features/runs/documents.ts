/** What the list of runs asks for. */
import { graphql } from "../../graphql/generated/gql.ts";

/** @public Other documents name it. */
export const runRow = graphql(`
  fragment RunRow on Run {
    id
    name
    status
    engine
    createdAt
    startedAt
    finishedAt
    epoch
    etaMs
    queuePosition
    priceSeries { id symbol name }
    config { epochs }
    scores { split skill }
  }
`);

export const runsQuery = graphql(`
  query Runs($first: Int!, $after: String, $filter: RunFilter) {
    runs(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { cursor node { ...RunRow } }
    }
  }
`);

export const runChangesSubscription = graphql(`
  subscription RunChanges {
    runChanges { ...RunRow }
  }
`);
