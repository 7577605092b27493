/** The menu of the one run that is chosen. */
"use client";
import { RunActions } from "../../entities/run/run-actions.tsx";
import { runNotesQuery } from "../../entities/run/run-notes-documents.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";

export function OneChosen({ id, onChanged }: { id: string; onChanged: () => void }) {
  const { data, refetch } = useApiQuery(runNotesQuery, { id });
  if (!data?.run) return null;
  return (
    <RunActions
      run={data.run}
      onChanged={() => {
        refetch();
        onChanged();
      }}
    />
  );
}
