/** All runs as a table: sorted, filtered and paged by the server, as they are this moment. */
"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { Card } from "../../components/card.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { useDeleted } from "../../entities/run/deleted-here.ts";
import { useRunChanges } from "../../entities/run-list/run-changes.tsx";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useEvery } from "../../lib/use-every.ts";
import { t, tn } from "../../lib/words/t.ts";
import { wantedBy } from "./address.ts";
import { equalColumns } from "./columns.ts";
import { runColumnsQuery } from "./documents.ts";
import { EqualNote } from "./equal-note.tsx";
import { RunsGrid } from "./grid.tsx";
import { linesOf } from "./grouping.ts";
import { liveRows, staleness } from "./live-rows.ts";
import { NoRuns } from "./no-runs.tsx";
import { usePendingDeletes } from "./pending-deletes.ts";
import styles from "./runs-page.module.css";
import { choose, noSelection } from "./selection.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { SortChoice } from "./sort-choice.tsx";
import { tabTitleOf } from "./tab-title.ts";
import { isNarrowed } from "./table-state.ts";
import { Toolbar } from "./toolbar.tsx";
import { UndoToast } from "./undo-toast.tsx";
import { useCurrentRow } from "./use-current-row.ts";
import { useKeys } from "./use-keys.ts";
import { useRunPages } from "./use-run-pages.ts";
import { useRowsBefore, useScrollPlace } from "./use-scroll-place.ts";
import { useSelection } from "./use-selection.ts";
import { useTableState } from "./use-table-state.ts";

/** Curves and scores of what trains are not told: they are asked for. */
const refreshMs = 4_000;
/** Changes come in bursts. */
const settleMs = 600;
const nothing = () => {};

export function RunsPage() {
  const router = useRouter();
  const [state, set] = useTableState();
  const asked = { tab: state.show, search: state.search, where: state.where };
  const { data: about } = useApiQuery(runColumnsQuery, {}, { about: ["Run"] });
  const columnsByName = useMemo(
    () => new Map(about?.runColumns.map((column) => [column.name, column])),
    [about],
  );
  const vocabulary = useMemo(
    () => ({
      columns: about?.runColumns ?? [],
      series: about?.allPriceSeries.edges.map(({ node }) => node.symbol) ?? [],
      tags: about?.runTags ?? [],
    }),
    [about],
  );

  const wanted = wantedBy(state);
  const { pages, isStale, error, isFetching, refetch, more } = useRunPages(wanted, useRowsBefore());
  const changes = useRunChanges();
  const deleted = useDeleted();
  const pending = usePendingDeletes();
  const gone = useMemo(() => new Set([...deleted, ...pending.flatMap(({ ids }) => ids)]), [deleted, pending]);
  const rows = useMemo(() => liveRows(pages?.rows ?? [], changes, gone), [pages, changes, gone]);

  const stale = useMemo(() => staleness(pages?.rows ?? [], changes), [pages, changes]);
  useEffect(() => {
    if (stale === "") return;
    const timer = setTimeout(refetch, settleMs);
    return () => clearTimeout(timer);
  }, [stale, refetch]);
  useEvery(refreshMs, rows.some(({ status }) => status === "RUNNING") ? refetch : nothing);

  const sortedBy = state.sort.replace(/^-/, "");
  const equal = useMemo(
    () => (state.equal ? [] : equalColumns(rows, state.columns, sortedBy)),
    [rows, state.columns, state.equal, sortedBy],
  );
  const columns = useMemo(
    () => state.columns.filter((name) => !equal.includes(name)),
    [state.columns, equal],
  );
  const open = useMemo(() => new Set(state.open), [state.open]);
  const lines = useMemo(() => linesOf(rows, state.group, open), [rows, state.group, open]);
  const order = useMemo(() => lines.flatMap((line) => (line.kind === "run" ? [line.row.id] : [])), [lines]);

  const [selection, setSelection] = useSelection();
  const chosenRuns = rows.filter(({ id }) => selection.ids.has(id));
  const onChoose = useCallback(
    (id: string, isChosen: boolean, isRange: boolean) =>
      setSelection((before) => choose(before, id, isChosen, isRange, order)),
    [order, setSelection],
  );
  const box = useRef<HTMLDivElement>(null);
  const { current, move } = useCurrentRow(lines, box);
  useKeys({
    onMove: move,
    onChoose: () => current && onChoose(current, !selection.ids.has(current), false),
    onCompare: () =>
      chosenRuns.length >= 2 && router.push(`/compare?runs=${chosenRuns.map(({ id }) => id).join(",")}`),
    onOpen: () => current && router.push(`/runs/${current}`),
  });
  useScrollPlace(box, rows.length);

  // Without those that are deleted, also while that can be taken back.
  const count = pages ? pages.totalCount - (pages.rows.length - rows.length) : 0;
  const isExpressionWrong = error?.field === "filter.expression";
  return (
    <>
      <TabTitle>{tabTitleOf(rows)}</TabTitle>
      <PageHeader title={t("Runs")} facts={pages ? tn(count, "{n} run", "{n} runs") : "…"} />
      <Toolbar
        {...{ state, set, wanted, vocabulary, columnsByName }}
        problem={isExpressionWrong ? error.message : null}
      />
      <SortChoice
        {...{ columnsByName, columns: state.columns, sort: state.sort }}
        onSort={(sort) => set({ sort }, { history: "push" })}
      />
      <Card isFlush>
        <div ref={box} data-wide className={`${styles.box} ${isStale ? styles.stale : ""}`}>
          {!pages && !error && <Loading lines={12} label={t("Loading runs")} />}
          {lines.length > 0 && (
            <RunsGrid
              {...{ lines, columns, columnsByName, onChoose, current }}
              sort={state.sort}
              onSort={(sort) => set({ sort }, { history: "push" })}
              chosen={selection.ids}
              onChooseAll={(all) => setSelection({ ids: new Set(all ? order : []), anchor: null })}
              onNearEnd={more}
              onToggleGroup={(id) =>
                set({ open: open.has(id) ? state.open.filter((one) => one !== id) : [...state.open, id] })
              }
            />
          )}
          {(pages || error) && lines.length === 0 && !isStale && (
            <NoRuns
              error={isExpressionWrong ? null : error}
              isNarrowed={isNarrowed(asked)}
              isUnread={isExpressionWrong}
              isFetching={isFetching}
              onRetry={refetch}
              onShowAll={() => set({ show: null, search: null, where: null })}
              onUsualLook={() => set({ sort: null, columns: null })}
            />
          )}
        </div>
        <EqualNote
          {...{ equal, columnsByName, rows }}
          isShown={state.equal}
          onShow={(isShown) => set({ equal: isShown || null })}
        />
      </Card>
      {chosenRuns.length > 0 && (
        <SelectionBar
          runs={chosenRuns}
          tags={vocabulary.tags}
          onNone={() => setSelection(noSelection)}
          onChanged={refetch}
        />
      )}
      <UndoToast onDeleted={refetch} />
    </>
  );
}
