/** What the page about the installation asks for. */
import { graphql } from "../../graphql/generated/gql.ts";

export const systemQuery = graphql(`
  query System {
    installation { version node startedAt }
    engines { engine available detail device batchMs }
    workers {
      id host name device status startedAt lastSeenAt load memoryBytes
      currentRuns { id name epoch config { epochs } }
    }
    waiting: runs(first: 1, filter: { status: [QUEUED] }) { totalCount }
  }
`);
