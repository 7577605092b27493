/** What the first page asks for. */
import { graphql } from "../../graphql/generated/gql.ts";

export const recipesQuery = graphql(`
  query Recipes($first: Int!) {
    trainingPresets { id title values { name value } }
    runs(first: $first) { totalCount edges { node { ...RunRow config { values { name value } } } } }
  }
`);

export const nowQuery = graphql(`
  query Now {
    active: runs(first: 100, filter: { status: [RUNNING, QUEUED] }) { totalCount edges { node { ...RunRow } } }
    ended: runs(
      first: 40, sort: { by: "finishedAt" }, filter: { status: [SUCCEEDED, FAILED, CANCELLED], archived: false }
    ) { edges { node { ...RunRow } } }
  }
`);

export const standingsQuery = graphql(`
  query Standings($since: DateTime!) {
    runFigures(since: $since) { running waiting succeeded failed cancelled beatNaive }
    workers { id host device status currentRuns { id name } }
    seriesLeaders {
      skill count skillMean skillDeviation
      priceSeries { id symbol name }
      run { id name testUses experiment { id name } }
    }
  }
`);

export const setPriorityMutation = graphql(`
  mutation SetPriority($runId: ID!, $priority: Int!) {
    setPriority(runId: $runId, priority: $priority) { id priority }
  }
`);
