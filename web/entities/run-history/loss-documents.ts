/** A closer look at some of a long run's epochs. */
import { graphql } from "../../graphql/generated/gql.ts";

export const epochsOfRangeQuery = graphql(`
  query EpochsOfRange($id: ID!, $from: Int!, $to: Int!) {
    run(id: $id) {
      id
      epochs(from: $from, to: $to, maxPoints: 1000) { epoch trainLoss validationLoss durationMs samplesPerSecond }
    }
  }
`);
