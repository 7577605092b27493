/** What the first page asks for. */
import { graphql } from "../../graphql/generated/gql.ts";

export const recipesQuery = graphql(`
  query Recipes($first: Int!) {
    trainingPresets { id title values { name value } }
    runs(first: $first) { edges { node { ...RunRow config { values { name value } } } } }
  }
`);

export const nowQuery = graphql(`
  query Now {
    runs(first: 60) { edges { node { ...RunRow } } }
  }
`);
