/** What the page of one run asks for and changes. */
import { graphql } from "../../graphql/generated/gql.ts";

export const runQuery = graphql(`
  query Run($id: ID!) {
    run(id: $id) {
      id
      ...RunSnapshot
      name
      status
      engine
      device
      createdAt
      startedAt
      finishedAt
      epoch
      bestEpoch
      etaMs
      cancelRequested
      queuePosition
      warnings
      error { code message }
      priceSeries { id symbol name currency timezone contentHash }
      config { epochs horizon facts { label text } }
      scores { ...ScoresOfSplit }
    }
  }
`);

export const olderLogQuery = graphql(`
  query OlderLog($id: ID!, $before: Int!) {
    run(id: $id) { id log(last: 200, before: $before) { ...LogLine } }
  }
`);

export const predictionsQuery = graphql(`
  query Predictions($id: ID!, $step: Int!, $maxPoints: Int!) {
    run(id: $id) {
      id
      train: predictions(split: TRAIN, step: $step, maxPoints: $maxPoints) { time actual predicted naive }
      validation: predictions(split: VALIDATION, step: $step, maxPoints: $maxPoints) { time actual predicted naive }
      test: predictions(split: TEST, step: $step, maxPoints: $maxPoints) { time actual predicted naive }
    }
  }
`);

export const cancelTrainingMutation = graphql(`
  mutation CancelTraining($runId: ID!) {
    cancelTraining(runId: $runId) { run { id status cancelRequested } }
  }
`);
