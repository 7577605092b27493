/** How every run that changes is told. */
import { graphql } from "../../graphql/generated/gql.ts";

export const runChangesSubscription = graphql(`
  subscription RunChanges {
    runChanges { ...RunRow }
  }
`);
