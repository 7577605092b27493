/** What the page of one run asks for and changes. */
import { graphql } from "../../graphql/generated/gql.ts";

export const runQuery = graphql(`
  query Run($id: ID!) {
    run(id: $id) {
      id
      ...RunSnapshot
      ...RunNotes
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
      scoreRequested
      naiveLoss
      attention { kind message }
      queuePosition
      warnings
      error { code message }
      seriesVersion { id number barCount lastTime }
      priceSeries {
        id symbol name currency timezone contentHash
        version { id number }
        baselineRun { id name config { facts { name label text } } }
      }
      config { epochs horizon target testBars facts { name label text } }
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

export const runIsThereQuery = graphql(`
  query RunIsThere($id: ID!) {
    run(id: $id) { id }
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

export const predictionsQuery = graphql(`
  query Predictions(
    $id: ID!, $split: Split!, $step: Int!, $maxPoints: Int!, $level: Float!
    $forecaster: Forecaster!, $forecasterName: String, $from: DateTime, $to: DateTime
  ) {
    run(id: $id) {
      id
      predictions(
        split: $split, step: $step, maxPoints: $maxPoints, level: $level
        forecaster: $forecaster, forecasterName: $forecasterName, from: $from, to: $to
      ) { time actual predicted naive lower upper }
    }
  }
`);

export const forecastQuery = graphql(`
  query Forecast($id: ID!, $steps: Int!, $level: Float!, $forecaster: Forecaster!) {
    run(id: $id) {
      id
      forecast(steps: $steps, level: $level, forecaster: $forecaster) {
        time predicted level lower upper isBeyondHorizon recent recentTime
        seriesVersion { id number lastTime }
        modelAgeBars isUnlikeTraining calendar
      }
      trackRecord { count mae naiveMae coverage95 drift }
    }
  }
`);

export const resumeTrainingMutation = graphql(`
  mutation ResumeTraining($runId: ID!) {
    resumeTraining(runId: $runId) { run { id status cancelRequested scoreRequested lastSequence } }
  }
`);
