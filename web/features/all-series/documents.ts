/** What the list of series asks for. */
import { graphql } from "../../graphql/generated/gql.ts";

export const allSeriesQuery = graphql(`
  query AllSeries($first: Int!, $after: String, $search: String) {
    allPriceSeries(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        cursor
        node {
          id symbol name currency timezone barCount firstTime lastTime
          runCount bestTestSkill bestTestTarget
          quality { sparkline lastClose previousClose gapCount jumpCount }
        }
      }
    }
  }
`);
