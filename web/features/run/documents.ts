/** What the page of one run asks for, follows and changes. */
import { graphql } from "../../graphql/generated/gql.ts";

/** @public Other documents name it. */
export const runSnapshot = graphql(`
  fragment RunSnapshot on Run {
    id
    status
    etaMs
    lastSequence
    epochs(maxPoints: 1000) { epoch trainLoss validationLoss durationMs samplesPerSecond }
    log(last: 100) { ...LogLine }
  }
`);

/** @public Other documents name it. */
export const logLine = graphql(`
  fragment LogLine on TrainingEvent {
    __typename
    sequence
    at
    ... on RunStatusChanged { status message }
    ... on RunLogged { level logMessage: message }
  }
`);

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
      scores {
        split
        count
        skill
        model { mae rmse mape mase directionalAccuracy }
        naive { mae rmse mape mase directionalAccuracy }
      }
    }
  }
`);

/** For a card that shows no more than how far the run is. */
export const runSnapshotQuery = graphql(`
  query RunSnapshotOf($id: ID!) {
    run(id: $id) { ...RunSnapshot }
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

export const trainingEventsSubscription = graphql(`
  subscription TrainingEvents($runId: ID!, $after: Int!) {
    trainingEvents(runId: $runId, after: $after) {
      __typename
      sequence
      at
      ... on RunStatusChanged { status message }
      ... on EpochCompleted {
        etaMs
        epoch { epoch trainLoss validationLoss durationMs samplesPerSecond }
      }
      ... on RunLogged { level logMessage: message }
    }
  }
`);

export const cancelTrainingMutation = graphql(`
  mutation CancelTraining($runId: ID!) {
    cancelTraining(runId: $runId) { run { id status cancelRequested } }
  }
`);

export const deleteRunsMutation = graphql(`
  mutation DeleteRuns($ids: [ID!]!) {
    deleteRuns(ids: $ids) { deletedIds }
  }
`);
