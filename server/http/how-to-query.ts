/** What a browser shows at /graphql: how to ask. Nothing is loaded from elsewhere. @param nonce of its script. */
export const howToQuery = (nonce: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gatecast's GraphQL API</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1c2330; }
  pre { background: #f2f4f8; padding: 1rem; border-radius: 6px; overflow-x: auto; }
</style>
<h1>Gatecast's GraphQL API</h1>
<p>Programs ask here. People may prefer the <a href="/">dashboard</a>.</p>
<p>Queries and mutations are sent as JSON:</p>
<pre>curl http://<span>this-host</span>/graphql -H 'content-type: application/json' \\
  -d '{"query": "{ runs(first: 5) { edges { node { id name status epoch } } } }"}'</pre>
<p>Subscriptions go over a WebSocket to the same address, in the
<a href="https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md">graphql-transport-ws</a> protocol,
which any GraphQL client knows:</p>
<pre>subscription { runChanges { id name status epoch etaMs } }</pre>
<p>The schema describes every field of itself; clients such as Altair, Insomnia and GraphiQL show it.</p>
<script nonce="${nonce}">document.querySelector("span").textContent = location.host;</script>
</html>
`;
