/** How a program asks for what the page shows, ready to be run. Pure. */

export const snippetKinds = ["curl", "GraphQL", "Python", "Subscribe"] as const;
export type SnippetKind = (typeof snippetKinds)[number];

const query = `query ($id: ID!) {
  run(id: $id) {
    name status epoch bestEpoch verdict
    scores { split skill model { mae } naive { mae } }
    predictions(split: TEST, maxPoints: 1000) { time actual predicted naive }
  }
}`;

const subscription = `subscription ($runId: ID!) {
  trainingEvents(runId: $runId) {
    sequence at
    ... on RunStatusChanged { status message }
    ... on EpochCompleted { epoch { epoch trainLoss validationLoss } }
    ... on RunLogged { level message }
  }
}`;

/** @param origin of the page: "https://host:port" */
export function snippetOf(kind: SnippetKind, runId: string, origin: string): string {
  const url = `${origin}/graphql`;
  const oneLine = query.replace(/\s+/g, " ");
  switch (kind) {
    case "curl":
      return `curl -s ${url} -H 'Content-Type: application/json' \\
  -d '${JSON.stringify({ query: oneLine, variables: { id: runId } })}'`;
    case "GraphQL":
      return `# POST ${url}, variables: ${JSON.stringify({ id: runId })}\n${query}`;
    case "Python":
      return `import json, urllib.request

query = """${query}"""
body = json.dumps({"query": query, "variables": {"id": "${runId}"}}).encode()
request = urllib.request.Request("${url}", body, {"Content-Type": "application/json"})
run = json.load(urllib.request.urlopen(request))["data"]["run"]
print(run["verdict"])`;
    case "Subscribe":
      return `// npm install graphql-ws
import { createClient } from "graphql-ws";

const client = createClient({ url: "${url.replace(/^http/, "ws")}" });
const query = \`${subscription}\`;
for await (const { data } of client.iterate({ query, variables: { runId: "${runId}" } }))
  console.log(data.trainingEvents);`;
  }
}
