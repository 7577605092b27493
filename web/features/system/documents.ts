/** What the page about the installation asks for. */
import { graphql } from "../../graphql/generated/gql.ts";

export const systemQuery = graphql(`
  query System {
    engines { engine available detail device batchMs }
    workers {
      id host device status lastSeenAt
      currentRun { id name epoch config { epochs } }
    }
  }
`);
