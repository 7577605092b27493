/** What is fetched of a run that is watched, and how it is followed from there. */
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

/** For a card that shows no more than how far the run is. */
export const runSnapshotQuery = graphql(`
  query RunSnapshotOf($id: ID!) {
    run(id: $id) { ...RunSnapshot }
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
