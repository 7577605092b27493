/** What the form for a new run asks for and sends. */
import { graphql } from "../../graphql/generated/gql.ts";

export const seriesChoicesQuery = graphql(`
  query SeriesChoices($first: Int!) {
    allPriceSeries(first: $first) {
      totalCount
      edges { node { id symbol name barCount firstTime lastTime } }
    }
  }
`);

export const startTrainingMutation = graphql(`
  mutation StartTraining($input: StartTrainingInput!) {
    startTraining(input: $input) { run { id } }
  }
`);
