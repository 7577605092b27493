/** What the page of one series asks for. */
import { graphql } from "../../graphql/generated/gql.ts";

export const seriesQuery = graphql(`
  query Series($id: ID!) {
    priceSeries(id: $id) {
      id symbol name currency timezone barCount firstTime lastTime contentHash
    }
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

export const seriesRunsQuery = graphql(`
  query SeriesRuns($seriesId: ID!) {
    runs(first: 20, filter: { priceSeriesId: $seriesId }) {
      totalCount
      edges { node { ...RunRow } }
    }
  }
`);
