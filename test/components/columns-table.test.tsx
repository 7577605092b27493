/** The first rows of a file without a header: what each column is, said by keyboard. */
import { screen, within } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { type ColumnPlaces, guessedPlaces } from "../../web/entities/series-import/column-places.ts";
import { ColumnPlacesTable } from "../../web/entities/series-import/column-places-table.tsx";
import { show } from "./support/show.tsx";

const rows = ["2024-01-02,10,12,9,11,500", "2024-01-03,11,13,10,12,600"].map((text, at) => ({
  line: at + 1,
  cells: text.split(","),
}));
function Table() {
  const [places, setPlaces] = useState<ColumnPlaces>(guessedPlaces(rows));
  return <ColumnPlacesTable rows={rows} places={places} onChange={setPlaces} />;
}
const list = (number: number) =>
  screen.getByRole<HTMLSelectElement>("combobox", { name: `Column ${number} is` });
const chosen = () =>
  screen.getAllByRole<HTMLSelectElement>("combobox").map(({ selectedOptions }) => selectedOptions[0]?.text);

test("shows its guess above the rows of the file, in a box that the keyboard scrolls", () => {
  show(<Table />);
  expect(chosen()).toEqual(["Date", "Open", "High", "Low", "Close", "Volume"]);
  const box = screen.getByRole("region", { name: "First rows of the file" });
  expect(box.tabIndex).toBe(0);
  expect(within(box).getByText("600")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a list is reached by Tab and says another role; the column that had it is passed over, and what is missing is said", async () => {
  const { user } = show(<Table />);
  await user.tab();
  await user.tab();
  await user.tab();
  expect(document.activeElement).toBe(list(2));
  await user.selectOptions(list(2), "High");
  expect(chosen()).toEqual(["Date", "High", "Passed over", "Low", "Close", "Volume"]);
  expect(screen.getByRole("alert").textContent).toBe("Say which column has: open.");
  await user.selectOptions(list(3), "Open");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("one column may be all prices, and then no other is missing", async () => {
  const { user } = show(<Table />);
  await user.selectOptions(list(2), "Passed over");
  expect(screen.getByRole("alert").textContent).toContain("open");
  await user.selectOptions(list(5), "All prices");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("speaks Chinese", () => {
  show(<Table />, { language: "zh" });
  expect(
    screen
      .getAllByRole("combobox")
      .map((it) => it.getAttribute("aria-label"))
      .join(),
  ).not.toMatch(/[a-z]/i);
  expect(chosen().join()).not.toMatch(/[a-z]/i);
});
