/** The first page: what is happening now. */
"use client";
import { useMemo } from "react";
import { PageHeader } from "../../components/page-header.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { noFilter } from "../../entities/run-list/live-runs.ts";
import { useLiveRuns } from "../../entities/run-list/run-changes.tsx";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { nowQuery } from "./documents.ts";
import { RecipesSideBySide, RecipesToCome } from "./recipes-side-by-side.tsx";
import { TrainingNow } from "./training-now.tsx";
import { useRecipeCards } from "./use-recipe-cards.ts";

export function NowPage() {
  const { data, refetch } = useApiQuery(nowQuery, {}, { about: ["Run"] });
  const rows = useMemo(() => data?.runs.edges.map(({ node }) => node) ?? [], [data]);
  const runs = useLiveRuns(rows, noFilter, refetch);
  const cards = useRecipeCards();
  return (
    <>
      <TabTitle>Now</TabTitle>
      <PageHeader title="Now" />
      {cards ? <RecipesSideBySide cards={cards} /> : <RecipesToCome />}
      {cards && <TrainingNow runs={runs} />}
    </>
  );
}
