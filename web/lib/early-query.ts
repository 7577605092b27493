/** A page's first query, begun by its HTML: its answer is on its way while the page's scripts still are. */
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { type AnyVariables, Client, createRequest, formatDocument } from "@urql/core";
import { makeFetchBody, makeFetchOptions } from "@urql/core/internal";

const key = "gatecastEarly";
const url = "/graphql";

/** Makes requests only, and sends none: what the page's own client will send, to the last character. */
const likeThePage = new Client({ url, exchanges: [], preferGetMethod: false });

/** A script without a variable part but the query's own, from which no text can break out. */
export function earlyQueryScript<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): string {
  const request = createRequest<Data, Variables>(query, variables);
  const operation = likeThePage.createRequestOperation("query", {
    ...request,
    // As its cache asks: with the names of the types.
    query: formatDocument(request.query),
  });
  const { method, headers, body } = makeFetchOptions(operation, makeFetchBody(operation));
  const asked = JSON.stringify({ method, headers, body }).replaceAll("<", "\\u003c");
  return `(() => {
  const asked = ${asked};
  const answer = fetch("${url}", asked);
  answer.catch(() => {});
  (window.${key} ??= new Map()).set(asked.body, answer);
})();`;
}

/** As fetch; what the HTML has asked already is not asked again. */
export const fetchUnlessEarly: typeof fetch = (resource, options) => {
  const early = (globalThis as { [key]?: Map<unknown, Promise<Response>> })[key];
  const answer = early?.get(options?.body);
  early?.delete(options?.body);
  return answer ?? fetch(resource, options);
};
