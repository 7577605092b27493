import { SeriesPage } from "../../../features/one-series/series-page.tsx";
import { orNotFound } from "../../known-page.ts";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await orNotFound();
  const { id } = await params;
  return <SeriesPage key={id} id={id} />;
}
