import { SeriesPage } from "../../../features/one-series/series-page.tsx";
import { OrMissing } from "../../missing.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <OrMissing what="series">
      <SeriesPage key={id} id={id} />
    </OrMissing>
  );
}
