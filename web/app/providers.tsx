/** What every page shares: the GraphQL client and the news about runs. */
"use client";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { Provider } from "urql";
import { RunChangesProvider } from "../entities/run-list/run-changes.tsx";
import { createGraphqlClient } from "../lib/graphql-client.ts";

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createGraphqlClient);
  return (
    <Provider value={client}>
      <RunChangesProvider>
        <NuqsAdapter>{children}</NuqsAdapter>
      </RunChangesProvider>
    </Provider>
  );
}
