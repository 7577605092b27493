import { ExperimentPage } from "../../../features/experiment/experiment-page.tsx";
import { OrMissing } from "../../missing.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <OrMissing what="experiment">
      <ExperimentPage key={id} id={id} />
    </OrMissing>
  );
}
