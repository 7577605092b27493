/** The table of runs: sorted by its headings, chosen by its boxes, and what is deleted can be had back. */
import { act, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { Column, Row } from "../../web/features/runs/columns.ts";
import { RunsGrid } from "../../web/features/runs/grid.tsx";
import { SelectionBar } from "../../web/features/runs/selection-bar.tsx";
import { UndoToast } from "../../web/features/runs/undo-toast.tsx";
import { runRow } from "../support/run-row.ts";
import { show } from "./support/show.tsx";

const column = (name: string, label: string, more: Partial<Column> = {}): Column => ({
  ...{
    name,
    label,
    kind: "NUMBER",
    aliases: [],
    help: "",
    group: "RESULT",
    unit: null,
    better: null,
    choices: null,
  },
  ...more,
});
const columns = [
  column("name", "Name", { kind: "TEXT" }),
  column("skill", "Skill", { kind: "SHARE", better: "HIGHER" }),
  column("mase", "MASE", { better: "LOWER" }),
];
const row = (id: string, name: string, status: Row["status"] = "SUCCEEDED"): Row => ({
  ...runRow(id, { name, status }),
  lossCurve: [],
  cells: [{ column: "skill", number: 0.05, text: null }],
});
const rows = [row("r1", "careful"), row("r2", "bold"), row("r3", "live one", "RUNNING")];

function Table({ first = "-createdAt", onChoose = () => {} }: { first?: string; onChoose?: typeof choose }) {
  const [sort, setSort] = useState(first);
  return (
    <RunsGrid
      lines={rows.map((one) => ({ kind: "run", key: one.id, row: one, isMember: false }))}
      columns={["status", "curve", "skill", "mase"]}
      columnsByName={new Map(columns.map((one) => [one.name, one]))}
      chosen={new Set(["r2"])}
      current={null}
      onSort={setSort}
      onChooseAll={() => {}}
      onToggleGroup={() => {}}
      onNearEnd={() => {}}
      {...{ sort, onChoose }}
    />
  );
}
const choose = (_id: string, _isChosen: boolean, _isRange: boolean) => {};
const sortOf = (name: string) => screen.getByRole("columnheader", { name }).getAttribute("aria-sort");
const press = (name: string) => within(screen.getByRole("columnheader", { name })).getByRole("button");

test("a heading shows the best first, then turns round, and says which way it goes", async () => {
  const { user } = show(<Table />);
  expect(sortOf("Skill")).toBeNull();
  await user.click(press("Skill"));
  expect(sortOf("Skill")).toBe("descending");
  await user.click(press("Skill"));
  expect(sortOf("Skill")).toBe("ascending");
  await user.click(press("MASE"));
  expect([sortOf("MASE"), sortOf("Skill")]).toEqual(["ascending", null]);
});

test("headings are sorted by keyboard, too; one that is drawn has nothing to press", async () => {
  const { user } = show(<Table />);
  press("Name").focus();
  await user.keyboard("{Enter}");
  expect(sortOf("Name")).toBe("ascending");
  expect(within(screen.getByRole("columnheader", { name: "Loss" })).queryByRole("button")).toBeNull();
});

test("says how many rows there are, and names each row's box by its run", async () => {
  const chosen = vi.fn(choose);
  const { user } = show(<Table onChoose={chosen} />);
  expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("4");
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Choose bold" }).checked).toBe(true);
  await user.keyboard("{Shift>}");
  await user.click(screen.getByRole("checkbox", { name: "Choose careful" }));
  expect(chosen).toHaveBeenLastCalledWith("r1", true, true);
  expect(screen.getByRole("rowheader", { name: /careful/ })).toBeTruthy();
});

function Chosen({ onDeleted }: { onDeleted: () => void }) {
  return (
    <>
      <SelectionBar runs={rows} tags={[]} onNone={() => {}} onChanged={() => {}} />
      <UndoToast onDeleted={onDeleted} />
    </>
  );
}
const answers = { DeleteRuns: () => ({ deleteRuns: { deletedIds: ["r1", "r2"] } }) };

test("deleting spares runs that train, is said, and is taken back by Undo before anything is sent", async () => {
  const { user, asked } = show(<Chosen onDeleted={() => {}} />, { answers });
  expect(screen.getByText("3 runs chosen")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Delete 2" }));
  expect(screen.getByRole("status").textContent).toContain("2 runs deleted");
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.getByRole("status").textContent).toBe("");
  expect(asked).toEqual([]);
});

test("left alone it is sent once, and a refusal stays until it is read", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const refused = { DeleteRuns: () => new Error("The database is read-only.") };
    const { asked } = show(<Chosen onDeleted={() => {}} />, { answers: refused });
    act(() => screen.getByRole("button", { name: "Delete 2" }).click());
    act(() => vi.advanceTimersByTime(60_000));
    vi.useRealTimers();
    await waitFor(() =>
      expect(screen.getByRole("alert").textContent).toContain("The database is read-only."),
    );
    expect(asked).toEqual([{ name: "DeleteRuns", variables: { ids: ["r1", "r2"] } }]);
    act(() => screen.getByRole("button", { name: "Close" }).click());
    expect(screen.queryByRole("alert")).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});
