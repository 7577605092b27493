/** Queries and mutations over HTTP, on the page's own origin. Subscriptions go over lib/live/socket.ts. */
import { Client, cacheExchange, fetchExchange } from "urql";
import { fetchUnlessEarly } from "./early-query.ts";

export const createGraphqlClient = () =>
  new Client({
    url: "/graphql",
    fetch: fetchUnlessEarly,
    exchanges: [cacheExchange, fetchExchange],
    // What is known is shown at once and brought up to date behind it.
    requestPolicy: "cache-and-network",
    preferGetMethod: false,
  });
