/** Narrows the table, chooses what it shows, and hands it out. */
"use client";
import { useEffect, useState } from "react";
import input from "../../components/input.module.css";
import { Segmented } from "../../components/segmented.tsx";
import { t } from "../../lib/words/t.ts";
import type { TableState, Wanted } from "./address.ts";
import type { Column } from "./columns.ts";
import { ColumnsMenu } from "./columns-menu.tsx";
import type { Vocabulary } from "./complete.ts";
import { ExportButton } from "./export-button.tsx";
import { ExpressionInput } from "./expression-input.tsx";
import { tabNames, tabs } from "./table-state.ts";
import styles from "./toolbar.module.css";
import type { SetTableState } from "./use-table-state.ts";
import { ViewsMenu } from "./views-menu.tsx";

interface Props {
  readonly state: TableState;
  readonly set: SetTableState;
  readonly wanted: Wanted;
  readonly vocabulary: Vocabulary;
  readonly columnsByName: ReadonlyMap<string, Column>;
  readonly problem: string | null;
}

const choices = () => tabs.map((value) => ({ value, name: tabNames()[value] }));
/** While one types, the list is asked for no more often than this. */
const pauseMs = 250;

export function Toolbar({ state, set, wanted, vocabulary, columnsByName, problem }: Props) {
  const [typed, setTyped] = useState(state.search);
  useEffect(() => setTyped(state.search), [state.search]);
  useEffect(() => {
    if (typed === state.search) return;
    const timer = setTimeout(() => set({ search: typed || null }), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, state.search, set]);
  return (
    <search className={styles.bars}>
      <div className={styles.bar}>
        <Segmented
          label={t("Which runs")}
          value={state.show}
          choices={choices()}
          onChange={(show) => set({ show }, { history: "push" })}
        />
        <div className={styles.actions}>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={state.group}
              onChange={({ target }) => set({ group: target.checked || null })}
            />
            {t("Group experiments")}
          </label>
          <ColumnsMenu
            all={vocabulary.columns}
            shown={state.columns}
            onChange={(columns) => set({ columns: [...columns] })}
          />
          <ViewsMenu />
          <ExportButton wanted={wanted} columns={state.columns} columnsByName={columnsByName} />
        </div>
      </div>
      <div className={styles.bar}>
        <input
          type="search"
          className={`${input.input} ${styles.search}`}
          aria-label={t("Search runs")}
          placeholder={t("Search name, series, tag, note")}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <ExpressionInput
          value={state.where}
          vocabulary={vocabulary}
          problem={problem}
          onApply={(where) => set({ where: where || null }, { history: "push" })}
        />
      </div>
    </search>
  );
}
