/** How runs are named, tagged, annotated, archived and pinned. */
import { graphql } from "../../graphql/generated/gql.ts";

/** @public Other documents name it. */
export const runNotes = graphql(`
  fragment RunNotes on Run {
    id
    name
    status
    tags
    note
    archived
    isBaseline
    priceSeries { id }
  }
`);

export const updateRunsMutation = graphql(`
  mutation UpdateRuns($ids: [ID!]!, $input: UpdateRunsInput!) {
    updateRuns(ids: $ids, input: $input) { runs { ...RunNotes } }
  }
`);

/** One run with what people said of it. */
export const runNotesQuery = graphql(`
  query RunNotesOf($id: ID!) {
    run(id: $id) { ...RunNotes }
  }
`);

export const pinBaselineMutation = graphql(`
  mutation PinBaseline($runId: ID!) {
    pinBaseline(runId: $runId) { run { ...RunNotes } }
  }
`);

export const unpinBaselineMutation = graphql(`
  mutation UnpinBaseline($priceSeriesId: ID!) {
    unpinBaseline(priceSeriesId: $priceSeriesId) { priceSeries { id baselineRun { id } } }
  }
`);
