/** What the form for a new run asks for and sends. */
import { graphql } from "../../graphql/generated/gql.ts";

export const startChoicesQuery = graphql(`
  query StartChoices($first: Int!) {
    trainingPresets {
      id title description
      target transform features window horizon
      layers { units dropout }
      resetAfter epochs batchSize learningRate clipNorm weightDecay seed
      testBars validationBars validateOnTest scalerFit
    }
    allPriceSeries(first: $first) {
      totalCount
      edges { node { id symbol name timezone barCount firstTime lastTime } }
    }
  }
`);

export const startTrainingMutation = graphql(`
  mutation StartTraining($input: StartTrainingInput!) {
    startTraining(input: $input) { run { id } }
  }
`);

export const likeRunQuery = graphql(`
  query LikeRun($id: ID!) {
    run(id: $id) {
      id
      name
      requestedEngine
      priceSeries { id }
      config {
        target transform features window horizon
        layers { units dropout }
        resetAfter epochs batchSize learningRate clipNorm weightDecay seed
        testBars validationBars validateOnTest scalerFit
      }
    }
  }
`);
