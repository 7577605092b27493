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
      config { epochs horizon target facts { label text } }
      scores { ...ScoresOfSplit }
      verdict
      leakTest { passed detail }
      intervalSource
      testUses
      experiment { id name plan runs(first: 1) { totalCount } }
      leaderboard { ...ForecasterRow }
      coverage { level step count covered worstBlock meanWidth kupiecPValue }
    }
  }
`);

export const olderLogQuery = graphql(`
  query OlderLog($id: ID!, $before: Int!) {
    run(id: $id) { id log(last: 200, before: $before) { ...LogLine } }
  }
`);

export const leaderboardQuery = graphql(`
  query Leaderboard($id: ID!, $split: Split!, $step: Int) {
    run(id: $id) { id leaderboard(split: $split, step: $step) { ...ForecasterRow } }
  }
`);

/** Of the training part the network's predictions alone are kept. */
export const predictionsQuery = graphql(`
  query Predictions(
    $id: ID!, $step: Int!, $maxPoints: Int!, $level: Float!, $whole: Boolean!
    $forecaster: Forecaster!, $forecasterName: String
  ) {
    run(id: $id) {
      id
      train: predictions(split: TRAIN, step: $step, maxPoints: $maxPoints) @include(if: $whole) {
        time actual predicted naive lower upper
      }
      validation: predictions(
        split: VALIDATION, step: $step, maxPoints: $maxPoints, level: $level
        forecaster: $forecaster, forecasterName: $forecasterName
      ) @include(if: $whole) { time actual predicted naive lower upper }
      test: predictions(
        split: TEST, step: $step, maxPoints: $maxPoints, level: $level
        forecaster: $forecaster, forecasterName: $forecasterName
      ) { time actual predicted naive lower upper }
    }
  }
`);

export const forecastQuery = graphql(`
  query Forecast($id: ID!, $steps: Int!, $level: Float!, $forecaster: Forecaster!) {
    run(id: $id) {
      id
      forecast(steps: $steps, level: $level, forecaster: $forecaster) {
        time predicted level lower upper isBeyondHorizon
        seriesVersion { id number lastTime }
        modelAgeBars isUnlikeTraining calendar
      }
      trackRecord { count mae naiveMae coverage95 drift }
    }
  }
`);

export const cancelTrainingMutation = graphql(`
  mutation CancelTraining($runId: ID!) {
    cancelTraining(runId: $runId) { run { id status cancelRequested } }
  }
`);
