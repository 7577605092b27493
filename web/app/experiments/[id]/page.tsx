import { ExperimentPage } from "../../../features/experiment/experiment-page.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ExperimentPage key={id} id={id} />;
}
