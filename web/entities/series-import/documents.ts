/** What an import asks of the series that it is to add to. */
import { graphql } from "../../graphql/generated/gql.ts";

export const knownSeriesQuery = graphql(`
  query KnownSeries($symbol: String!) {
    priceSeries(symbol: $symbol) { id symbol name timezone barCount firstTime lastTime }
  }
`);

export const knownCourseQuery = graphql(`
  query KnownCourse($id: ID!, $from: DateTime, $to: DateTime, $maxPoints: Int!) {
    priceSeries(id: $id) { id chart(from: $from, to: $to, maxPoints: $maxPoints) { time close } }
  }
`);
