/** What the table of runs asks for and changes. */
import { graphql } from "../../graphql/generated/gql.ts";

export const runsQuery = graphql(`
  query Runs($first: Int!, $after: String, $filter: RunFilter, $sort: RunSort, $columns: [String!]!) {
    runs(first: $first, after: $after, filter: $filter, sort: $sort) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { ...RunRow lossCurve(maxPoints: 30) cells(columns: $columns) { column number text } } }
    }
  }
`);

/** For a file: values alone. */
export const runCellsQuery = graphql(`
  query RunCells($after: String, $filter: RunFilter, $sort: RunSort, $columns: [String!]!) {
    runs(first: 500, after: $after, filter: $filter, sort: $sort) {
      pageInfo { hasNextPage endCursor }
      edges { node { id cells(columns: $columns) { column number text } } }
    }
  }
`);

export const runColumnsQuery = graphql(`
  query RunColumns {
    runColumns { name aliases label help kind group unit better choices { value label } }
    runTags
    allPriceSeries(first: 100) { edges { node { id symbol } } }
  }
`);

export const stopRunMutation = graphql(`
  mutation StopRun($runId: ID!) {
    cancelTraining(runId: $runId) { run { id status cancelRequested } }
  }
`);
