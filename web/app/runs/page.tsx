import { Suspense } from "react";
import { pageOf, readAddress, wantedBy } from "../../features/runs/address.ts";
import { runColumnsQuery, runsQuery } from "../../features/runs/documents.ts";
import { RunsPage } from "../../features/runs/runs-page.tsx";
import { EarlyQuery } from "../early-query.tsx";

type Address = Promise<Record<string, string | string[] | undefined>>;

export default async function Page({ searchParams }: { searchParams: Address }) {
  const first = pageOf(wantedBy(await readAddress(searchParams)));
  return (
    <>
      <EarlyQuery query={runColumnsQuery} variables={{}} />
      <EarlyQuery query={runsQuery} variables={first} />
      <Suspense>
        <RunsPage />
      </Suspense>
    </>
  );
}
