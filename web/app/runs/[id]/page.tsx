import { runQuery } from "../../../features/run/documents.ts";
import { RunPage } from "../../../features/run/run-page.tsx";
import { EarlyQuery } from "../../early-query.tsx";
import { OrMissing } from "../../missing.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <OrMissing what="run">
      <EarlyQuery query={runQuery} variables={{ id }} />
      <RunPage key={id} id={id} />
    </OrMissing>
  );
}
