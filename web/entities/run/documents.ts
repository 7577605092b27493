/** What every place that shows runs asks for, and how runs are deleted. */
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
    naiveLoss
    lowestLoss
    lowestLossEpoch
    newestLoss
    attention { kind message sinceEpoch }
    priority
    cancelRequested
    scoreRequested
    queuePosition
    priceSeries { id symbol name }
    config { epochs }
    experiment { id name plan }
    scores { split skill }
    verdict
    tags
    archived
    isBaseline
  }
`);

/** @public Other documents name it. */
export const forecasterRow = graphql(`
  fragment ForecasterRow on ForecasterScores {
    forecaster
    name
    count
    mae rmse mase r2 qlike
    directionalAccuracy shareOfUps
    skill
    dieboldMariano { statistic pValue }
  }
`);

/** @public Other documents name it. */
export const splitScores = graphql(`
  fragment ScoresOfSplit on SplitScores {
    split
    count
    skill
    model { mae rmse mape mase directionalAccuracy }
    naive { mae rmse mape mase directionalAccuracy }
  }
`);

export const deleteRunsMutation = graphql(`
  mutation DeleteRuns($ids: [ID!]!) {
    deleteRuns(ids: $ids) { deletedIds }
  }
`);
