import { SeriesPage } from "../../../features/one-series/series-page.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <SeriesPage key={id} id={id} />;
}
