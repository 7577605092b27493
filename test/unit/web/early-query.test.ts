/** A page's first query begun by its HTML: the same request as the page's client makes, asked once. */
import { runInNewContext } from "node:vm";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { pageOf, readAddress, wantedBy } from "../../../web/features/runs/address.ts";
import { earlyQueryScript, fetchUnlessEarly } from "../../../web/lib/early-query.ts";
import { createGraphqlClient } from "../../../web/lib/graphql-client.ts";

// Text, as the dashboard's documents are once they are built.
const document = <Variables>(text: string) => text as unknown as TypedDocumentNode<object, Variables>;
const runQuery = document<{ id: string }>(
  "query Run($id:ID!){run(id:$id){id ...Name}}fragment Name on Run{name}",
);
const runsQuery = document<ReturnType<typeof pageOf>>(
  "query Runs($first:Int!$after:String$filter:RunFilter$sort:RunSort$columns:[String!]!){runs(first:$first after:$after filter:$filter sort:$sort){edges{node{cells(columns:$columns){text}}}}}",
);

const answer = () =>
  Promise.resolve(
    new Response(JSON.stringify({ data: { run: null } }), {
      headers: { "content-type": "application/json" },
    }),
  );

/** Runs a page's script as a browser does; what it asks is counted. */
function load(script: string) {
  const asked = vi.fn(answer);
  vi.stubGlobal("fetch", asked);
  runInNewContext(script, { fetch: asked, window: globalThis, Map });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, "gatecastEarly");
});

describe("a page's first query", () => {
  test("is the very request that the page's client makes, which then makes none", async () => {
    const asked = load(earlyQueryScript(runQuery, { id: "one" }));
    expect(asked).toHaveBeenCalledTimes(1);
    const client = createGraphqlClient();
    await client.query(runQuery, { id: "one" }).toPromise();
    expect(asked).toHaveBeenCalledTimes(1);
    await client.query(runQuery, { id: "one" }, { requestPolicy: "network-only" }).toPromise();
    expect(asked).toHaveBeenCalledTimes(2);
  });

  test("is the table's by its address, and another's is asked", async () => {
    const at = async (address: string) => pageOf(wantedBy(await readAddress(new URLSearchParams(address))));
    const asked = load(earlyQueryScript(runsQuery, await at("?sort=name&where=series+%3D+SPX")));
    const client = createGraphqlClient();
    await client.query(runsQuery, await at("?where=series+%3D+SPX&sort=name")).toPromise();
    expect(asked).toHaveBeenCalledTimes(1);
    await client.query(runsQuery, await at("?where=series+%3D+SPX")).toPromise();
    expect(asked).toHaveBeenCalledTimes(2);
  });

  test("lets no text of an address break out of its script", () => {
    const id = "</script><script>alert(1)</script><!--\u2028";
    const script = earlyQueryScript(runQuery, { id });
    expect(script).not.toContain("<");
    const asked = load(script);
    const [, options] = asked.mock.calls[0] as unknown as [string, { body: string }];
    expect(JSON.parse(options.body).variables).toEqual({ id });
  });

  test("that fails is told to who takes it, and to nobody else", async () => {
    const failing = vi.fn((_address: string, _options: { body: string }) =>
      Promise.reject(new TypeError("no network")),
    );
    runInNewContext(earlyQueryScript(runQuery, { id: "one" }), { fetch: failing, window: globalThis, Map });
    const { body } = failing.mock.calls[0]![1];
    await expect(fetchUnlessEarly("/graphql", { body })).rejects.toThrow("no network");
  });
});
