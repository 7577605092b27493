/** What the form for a new run asks for and sends. Hyperparameters go by name: the API says which there are. */
import { graphql } from "../../graphql/generated/gql.ts";

export const startChoicesQuery = graphql(`
  query StartChoices($first: Int!) {
    recipeFields {
      name label help kind group unit
      minimum maximum isMinimumExclusive isMaximumExclusive
      choices choiceLabels defaultValue omitted isSweepable
      appliesWhen { field is }
      parts { name label help kind minimum maximum isMinimumExclusive isMaximumExclusive defaultValue }
    }
    trainingPresets { id title description expectation seeds values { name value } }
    allPriceSeries(first: $first) {
      totalCount
      edges { node { id symbol name timezone barCount firstTime lastTime } }
    }
  }
`);

export const trainingPreviewQuery = graphql(`
  query TrainingPreview($input: StartTrainingInput!) {
    trainingPreview(input: $input) {
      splits { split barCount windowCount }
      problem { field message }
      estimate { engine trainMs runsBefore startsInMs }
    }
  }
`);

export const startTrainingMutation = graphql(`
  mutation StartTraining($input: StartTrainingInput!) {
    startTraining(input: $input) { run { id } }
  }
`);

export const startExperimentMutation = graphql(`
  mutation StartExperiment($input: StartExperimentInput!) {
    startExperiment(input: $input) { experiment { id } }
  }
`);

export const likeRunQuery = graphql(`
  query LikeRun($id: ID!) {
    run(id: $id) {
      id
      name
      requestedEngine
      priceSeries { id }
      config { values { name value } }
    }
  }
`);
