/** What stops a run. */
import { graphql } from "../../graphql/generated/gql.ts";

export const cancelTrainingMutation = graphql(`
  mutation CancelTraining($runId: ID!, $score: Boolean!) {
    cancelTraining(runId: $runId, score: $score) { run { id status cancelRequested scoreRequested } }
  }
`);
