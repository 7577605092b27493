import { ExperimentPage } from "../../../features/experiment/experiment-page.tsx";
import { orNotFound } from "../../known-page.ts";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await orNotFound();
  const { id } = await params;
  return <ExperimentPage key={id} id={id} />;
}
