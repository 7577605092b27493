/** Small controls: one choice of a few, a list that goes on, how much is done, a text to copy. */
import { screen, within } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { CopyButton } from "../../web/components/copy-button.tsx";
import { ProgressBar } from "../../web/components/progress-bar.tsx";
import { Segmented } from "../../web/components/segmented.tsx";
import { ShowMore } from "../../web/components/show-more.tsx";
import { show } from "./support/show.tsx";

const choices = [
  { value: "light", name: "Light" },
  { value: "grey", name: "Grey", isDisabled: true },
  { value: "dark", name: "Dark" },
] as const;
function Theme() {
  const [value, setValue] = useState<(typeof choices)[number]["value"]>("light");
  return <Segmented label="Theme" value={value} choices={choices} onChange={setValue} />;
}

test("one choice of a few is a group of radio buttons, changed by the arrow keys past what cannot be chosen", async () => {
  const { user } = show(<Theme />);
  const group = screen.getByRole("group", { name: "Theme" });
  expect(within(group).getAllByRole("radio")).toHaveLength(3);
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Light" }).checked).toBe(true);
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole("radio", { name: "Light" }));
  await user.keyboard("{ArrowRight}");
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Dark" }).checked).toBe(true);
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Light" }).checked).toBe(false);
});

test("of two groups on a page each keeps its choice, and the arrow keys stay in theirs", async () => {
  const { user } = show(
    <>
      <Theme />
      <Theme />
    </>,
  );
  const [first, second] = screen.getAllByRole("group", { name: "Theme" });
  const light = (group: HTMLElement | undefined) =>
    within(group!).getByRole<HTMLInputElement>("radio", { name: "Light" });
  await user.click(within(first!).getByRole("radio", { name: "Dark" }));
  expect([light(first).checked, light(second).checked]).toEqual([false, true]);
  await user.keyboard("{ArrowRight}");
  expect(document.activeElement).toBe(light(first));
});

const listOf = (shown: number, totalCount: number) => ({
  totalCount,
  pageInfo: { hasNextPage: shown < totalCount },
  edges: Array.from({ length: shown }, () => null),
});

test("a list that goes on says how much of it is there, and fetches more once at a time", async () => {
  const more = vi.fn();
  const { user, unmount } = show(<ShowMore list={listOf(20, 1_234)} isFetching={false} onMore={more} />);
  expect(screen.getByText("20 of 1,234")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Show more" }));
  expect(more).toHaveBeenCalledOnce();
  unmount();

  const again = show(<ShowMore list={listOf(20, 1_234)} isFetching onMore={more} />);
  await again.user.click(screen.getByRole("button", { name: "Show more" }));
  expect(more).toHaveBeenCalledOnce();
});

test("a list that is whole says nothing below it", () => {
  show(<ShowMore list={listOf(20, 20)} isFetching={false} onMore={() => {}} />);
  expect(screen.queryByText(/of/)).toBeNull();
});

test("progress is said in numbers, and never drawn longer than its track", () => {
  show(<ProgressBar done={70} total={60} label="Epochs of careful" />);
  const bar = screen.getByRole("progressbar", { name: "Epochs of careful" });
  expect(bar.getAttribute("aria-valuenow")).toBe("70");
  expect(bar.getAttribute("aria-valuemax")).toBe("60");
  expect((bar.firstElementChild as HTMLElement).style.width).toBe("100%");
});

test("copying names what is copied, and says that it was", async () => {
  const { user } = show(<CopyButton text="curl …" what="the command" />);
  await user.click(screen.getByRole("button", { name: "Copy the command" }));
  await screen.findByText("Copied");
  expect(await navigator.clipboard.readText()).toBe("curl …");
});

test("where the clipboard is refused, copying says what to do instead", async () => {
  const { user } = show(<CopyButton text="curl …" what="the command" />);
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
  await user.click(screen.getByRole("button", { name: "Copy the command" }));
  await screen.findByText("Select and copy it by hand");
});
