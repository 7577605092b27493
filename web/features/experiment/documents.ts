/** What the page of one experiment asks for and changes. */
import { graphql } from "../../graphql/generated/gql.ts";

export const experimentQuery = graphql(`
  query Experiment($id: ID!) {
    experiment(id: $id) {
      id
      name
      plan
      createdAt
      runs(first: 100) {
        edges {
          node {
            ...RunRow
            config { target }
            priceSeries { currency timezone }
          }
        }
      }
    }
  }
`);

export const experimentScoresQuery = graphql(`
  query ExperimentScores($id: ID!) {
    experiment(id: $id) {
      id
      leaderboard { forecaster name count maeMean maeDeviation skillMean skillDeviation }
    }
  }
`);

/** A run's losses and when it was tested: two points are the first and the last bar. The API gives these by one run alone. */
export const memberQuery = graphql(`
  query Member($id: ID!) {
    run(id: $id) {
      id
      status
      etaMs
      lastSequence
      epochs(maxPoints: 1000) { epoch trainLoss validationLoss durationMs samplesPerSecond }
      log(last: 1) { ...LogLine }
      test: predictions(maxPoints: 2) { time }
    }
  }
`);

export const cancelExperimentMutation = graphql(`
  mutation CancelExperiment($id: ID!) {
    cancelExperiment(id: $id) { experiment { id status runs(first: 100) { edges { node { id status cancelRequested } } } } }
  }
`);
