import { StartPage } from "../../../features/start-training/start-page.tsx";

/** `series` preselects a series; `like` takes over another run's configuration. */
export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ series?: string; like?: string }>;
}) {
  const { series, like } = await searchParams;
  return <StartPage key={`${series} ${like}`} seriesId={series ?? null} likeRunId={like ?? null} />;
}
