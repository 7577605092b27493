/** What the page of one series asks for and changes. */
import { graphql } from "../../graphql/generated/gql.ts";

export const seriesQuery = graphql(`
  query Series($id: ID!) {
    priceSeries(id: $id) {
      id symbol name currency timezone barCount firstTime lastTime contentHash
    }
  }
`);

export const seriesIsThereQuery = graphql(`
  query SeriesIsThere($id: ID!) {
    priceSeries(id: $id) { id }
  }
`);

export const seriesChartQuery = graphql(`
  query SeriesChart($id: ID!, $from: DateTime, $to: DateTime, $maxPoints: Int!) {
    priceSeries(id: $id) {
      id
      bars(first: 1, from: $from, to: $to) { totalCount }
      chart(from: $from, to: $to, maxPoints: $maxPoints) { time open high low close volume }
    }
  }
`);

export const seriesVersionsQuery = graphql(`
  query SeriesVersions($id: ID!, $first: Int!) {
    priceSeries(id: $id) {
      id
      contentHash
      versions(first: $first) {
        totalCount
        pageInfo { hasNextPage endCursor }
        edges { node { id number contentHash barCount createdAt rowsAdded rowsChanged } }
      }
    }
  }
`);

export const revertSeriesMutation = graphql(`
  mutation RevertSeries($id: ID!, $toVersion: Int!) {
    revertPriceSeries(id: $id, toVersion: $toVersion) {
      priceSeries { id contentHash barCount }
    }
  }
`);

export const seriesQualityQuery = graphql(`
  query SeriesQuality($id: ID!) {
    priceSeries(id: $id) {
      id
      contentHash
      quality {
        gapCount gaps { from to }
        jumpCount jumps { time before after splitRatio }
      }
    }
  }
`);

export const updateSeriesMutation = graphql(`
  mutation UpdateSeries($id: ID!, $input: UpdatePriceSeriesInput!) {
    updatePriceSeries(id: $id, input: $input) { priceSeries { id symbol name currency } }
  }
`);

export const deleteSeriesMutation = graphql(`
  mutation DeleteSeries($id: ID!, $withRuns: Boolean!) {
    deletePriceSeries(id: $id, withRuns: $withRuns) { deletedIds }
  }
`);

export const seriesRunsQuery = graphql(`
  query SeriesRuns($seriesId: ID!) {
    runs(first: 100, filter: { priceSeriesId: $seriesId }) {
      totalCount
      edges { node { ...RunRow seriesVersion { id number contentHash } } }
    }
  }
`);

export const layableRunsQuery = graphql(`
  query LayableRuns($seriesId: ID!) {
    runs(first: 100, filter: { priceSeriesId: $seriesId, status: [SUCCEEDED] }) {
      edges { node { id name config { target } scores { split skill } } }
    }
  }
`);

export const laidPredictionsQuery = graphql(`
  query LaidPredictions($id: ID!, $maxPoints: Int!) {
    run(id: $id) { id predictions(split: TEST, step: 1, maxPoints: $maxPoints) { time predicted } }
  }
`);
