/** What the palette finds on the server: runs and series with the typed words in them. */
import { graphql } from "../../graphql/generated/gql.ts";

export const paletteQuery = graphql(`
  query Palette($search: String!) {
    runs(first: 6, filter: { search: $search, archived: false }) {
      edges { node { id name status priceSeries { id symbol } } }
    }
    allPriceSeries(first: 5, search: $search) { edges { node { id symbol name } } }
  }
`);
