/** The filter by expression: what may come next, taken by keyboard, and what the server does not understand. */
import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Column } from "../../web/features/runs/columns.ts";
import { ExpressionInput } from "../../web/features/runs/expression-input.tsx";
import { show } from "./support/show.tsx";

const column = (name: string, label: string, kind: Column["kind"], aliases: string[] = []): Column => ({
  ...{ name, label, kind, aliases, help: "", group: "TRAINING", unit: null, better: null, choices: null },
});
const vocabulary = {
  columns: [
    column("learningRate", "Learning rate", "NUMBER", ["lr"]),
    column("series", "Series", "TEXT"),
    column("tags", "Tags", "TEXTS", ["tag"]),
  ],
  series: ["SPX", "S&P 500"],
  tags: ["paper"],
};
const input = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Filter runs by expression" });
const offered = () => screen.queryAllByRole("option").map(({ textContent }) => textContent);
const active = () =>
  document.getElementById(input().getAttribute("aria-activedescendant") ?? "")?.textContent;

test("an expression is written with the arrow keys and Enter, and applied by another Enter", async () => {
  const apply = vi.fn();
  const { user } = show(<ExpressionInput value="" onApply={apply} vocabulary={vocabulary} problem={null} />);
  await user.tab();
  expect(input().getAttribute("aria-expanded")).toBe("true");
  await user.keyboard("l");
  expect(offered()[0]).toBe("lr Learning rate");
  expect(active()).toBeUndefined();
  await user.keyboard("{ArrowDown}");
  expect(active()).toBe("lr Learning rate");
  expect(screen.getAllByRole("option", { selected: true })).toHaveLength(1);
  await user.keyboard("{Enter}");
  expect(input().value).toBe("lr ");
  expect(offered()).toContain("< is below");
  await user.keyboard("< 1e-3 and series = {ArrowDown}{ArrowDown}{Tab}");
  expect(input().value).toBe('lr < 1e-3 and series = "S&P 500" ');
  expect(document.activeElement).toBe(input());
  await user.keyboard("{Escape}{Enter}");
  expect(apply).toHaveBeenCalledExactlyOnceWith('lr < 1e-3 and series = "S&P 500"');
});

test("Escape puts the offer away, and a second one is the page's", async () => {
  const pageHears = vi.fn();
  const { user } = show(
    // biome-ignore lint/a11y/noStaticElementInteractions: what listens to the page's keys
    <div onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && pageHears()}>
      <ExpressionInput value="" onApply={() => {}} vocabulary={vocabulary} problem={null} />
    </div>,
  );
  await user.click(input());
  await user.keyboard("{Escape}");
  expect(offered()).toEqual([]);
  expect(input().getAttribute("aria-expanded")).toBe("false");
  expect(pageHears).not.toHaveBeenCalled();
  await user.keyboard("{Escape}");
  expect(pageHears).toHaveBeenCalledOnce();
});

test("emptied, it shows all runs again at once; left half written, it is applied", async () => {
  const apply = vi.fn();
  const { user } = show(
    <ExpressionInput value="tag = paper" onApply={apply} vocabulary={vocabulary} problem={null} />,
  );
  await user.clear(input());
  expect(apply).toHaveBeenLastCalledWith("");
  await user.type(input(), "lr < 1");
  await user.tab();
  expect(apply).toHaveBeenLastCalledWith("lr < 1");
});

test("what cannot be read is said with the field, and what was typed stays", () => {
  const problem = "After “lr” a sign is expected, such as <";
  show(<ExpressionInput value="lr lr" onApply={() => {}} vocabulary={vocabulary} problem={problem} />);
  expect(input().getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(input().getAttribute("aria-describedby") ?? "")?.textContent).toBe(problem);
  expect(input().value).toBe("lr lr");
});
