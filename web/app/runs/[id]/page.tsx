import { RunPage } from "../../../features/run/run-page.tsx";
import { orNotFound } from "../../known-page.ts";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await orNotFound();
  const { id } = await params;
  return <RunPage key={id} id={id} />;
}
