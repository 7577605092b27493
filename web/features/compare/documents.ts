/** What the comparison of runs asks for. */
import { graphql } from "../../graphql/generated/gql.ts";

/** The API gives losses and predictions of one run at a time. */
export const comparedRunQuery = graphql(`
  query ComparedRun($id: ID!, $columns: [String!]!) {
    run(id: $id) {
      id
      name
      status
      epoch
      etaMs
      lastSequence
      isBaseline
      epochs(maxPoints: 1000) { epoch trainLoss validationLoss durationMs samplesPerSecond }
      log(last: 1) { ...LogLine }
      priceSeries { id symbol name currency timezone }
      config { epochs horizon target facts { name label text } }
      scores { split skill }
      cells(columns: $columns) { column number text }
      test: predictions(maxPoints: 4000) { time actual predicted naive }
    }
  }
`);

export const comparedColumnsQuery = graphql(`
  query ComparedColumns {
    runColumns { name aliases label help kind group unit better choices { value label } }
    runs(first: 100, filter: { archived: false }) { edges { node { id name priceSeries { id symbol } } } }
  }
`);

export const bestOfRunsQuery = graphql(`
  query BestOfRuns($runIds: [ID!]!) {
    bestOfRuns(runIds: $runIds) {
      bars
      from
      to
      problem
      compared { pValue mayBeBest isNaive run { id } }
    }
  }
`);
