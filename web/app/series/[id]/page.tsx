import { seriesQuery } from "../../../features/one-series/documents.ts";
import { SeriesPage } from "../../../features/one-series/series-page.tsx";
import { EarlyQuery } from "../../early-query.tsx";
import { OrMissing } from "../../missing.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <OrMissing what="series">
      <EarlyQuery query={seriesQuery} variables={{ id }} />
      <SeriesPage key={id} id={id} />
    </OrMissing>
  );
}
