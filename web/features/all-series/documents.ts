/** What the list of series asks for, and the import of the series that it is to add to. */
import { graphql } from "../../graphql/generated/gql.ts";

export const allSeriesQuery = graphql(`
  query AllSeries($first: Int!, $after: String, $search: String) {
    allPriceSeries(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { cursor node { id symbol name currency timezone barCount firstTime lastTime } }
    }
  }
`);

export const knownSeriesQuery = graphql(`
  query KnownSeries($symbol: String!) {
    priceSeries(symbol: $symbol) { id timezone }
  }
`);
