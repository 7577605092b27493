import { RunPage } from "../../../features/run/run-page.tsx";
import { OrMissing } from "../../missing.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <OrMissing what="run">
      <RunPage key={id} id={id} />
    </OrMissing>
  );
}
