import { orNotFound } from "../../known-page.ts";
import { RunPage } from "../../../features/run/run-page.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await orNotFound();
  const { id } = await params;
  return <RunPage key={id} id={id} />;
}
