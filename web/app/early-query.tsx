/** Begins a page's first query from its HTML: web/lib/early-query.ts. */
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { AnyVariables } from "@urql/core";
import { headers } from "next/headers";
import { earlyQueryScript } from "../lib/early-query.ts";
import { nonceOf } from "./nonce.ts";

interface Props<Variables> {
  // biome-ignore lint/suspicious/noExplicitAny: whatever it answers
  readonly query: TypedDocumentNode<any, Variables>;
  readonly variables: Variables;
}

export async function EarlyQuery<Variables extends AnyVariables>({ query, variables }: Props<Variables>) {
  return (
    <script
      nonce={nonceOf(await headers())}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made in our own file, which lets no text break out of it
      dangerouslySetInnerHTML={{ __html: earlyQueryScript(query, variables) }}
    />
  );
}
