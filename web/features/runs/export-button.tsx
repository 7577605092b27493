/** Hands the table out as a file: all runs that match, the columns that are chosen. */
"use client";
import { useState } from "react";
import { useClient } from "urql";
import { Button } from "../../components/button.tsx";
import { readError } from "../../lib/api-error.ts";
import { t } from "../../lib/words/t.ts";
import type { Wanted } from "./address.ts";
import { askedColumns, type Column, isDrawn } from "./columns.ts";
import { csvOf } from "./csv.ts";
import { runCellsQuery } from "./documents.ts";

interface Props {
  readonly wanted: Wanted;
  readonly columns: readonly string[];
  readonly columnsByName: ReadonlyMap<string, Column>;
}

export function ExportButton({ wanted, columns, columnsByName }: Props) {
  const client = useClient();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function save() {
    setIsBusy(true);
    setProblem(null);
    const names = [...new Set(["name", "status", ...columns.filter((name) => !isDrawn(name))])];
    const shown = names.flatMap((name) => columnsByName.get(name) ?? []);
    const asked = askedColumns(names);
    const runs: Parameters<typeof csvOf>[0][number][] = [];
    let after: string | null = null;
    do {
      const variables = { ...wanted, columns: ["name", ...asked, "status"], after };
      const answer: Awaited<ReturnType<typeof ask>> = await ask(variables);
      if (!answer.data) {
        setProblem(answer.error ? readError(answer.error).message : t("Nothing came back."));
        break;
      }
      const { edges, pageInfo } = answer.data.runs;
      runs.push(...edges.map(({ node }) => node));
      after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
      if (after === null) saveFile(`runs-${new Date().toISOString().slice(0, 10)}.csv`, csvOf(runs, shown));
    } while (after !== null);
    setIsBusy(false);
  }
  const ask = (variables: Wanted & { after: string | null }) =>
    client.query(runCellsQuery, variables, { requestPolicy: "network-only" }).toPromise();

  return (
    <>
      <Button onClick={save} disabled={isBusy} title={t("All runs that match, the columns that are chosen")}>
        {isBusy ? t("Exporting…") : t("Export CSV")}
      </Button>
      {problem && <span role="alert">{problem}</span>}
    </>
  );
}

/** Spreadsheets take a text for UTF-8 where it begins with this sign. */
const utf8 = "\uFEFF";

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([utf8, text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
