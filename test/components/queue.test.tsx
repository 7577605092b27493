/** The runs that wait: in the order of their turns, when each begins, and how one is moved. */
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { QueueCard } from "../../web/features/now/queue-card.tsx";
import { runRow } from "../support/run-row.ts";
import { show } from "./support/show.tsx";

const waiting = ["first", "second", "third"].map((name, at) =>
  runRow(`r${at}`, { name, status: "QUEUED", createdAt: `2026-01-01T00:00:0${at}Z` }),
);
const card = { queue: waiting, starts: [1_000, 61_000, null], total: 3, isTouchable: true };
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

test("lists them in their order, each with its series and when it begins, as far as that is known", () => {
  show(<QueueCard {...card} />);
  const rows = within(screen.getByRole("list", { name: "The queue" })).getAllByRole("listitem");
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^1firstSPXbegins soon/),
    expect.stringMatching(/^2secondSPXin about 1 min 5 s/),
    expect.stringMatching(/^3thirdSPX[^a-z]*$/),
  ]);
  expect(screen.getByRole("link", { name: "second" }).getAttribute("href")).toBe("/runs/r1");
});

test("a run is moved before the one in front of it, and the ends can go no further", async () => {
  const answers = {
    SetPriority: ({ runId, priority }: object & Record<string, unknown>) => ({
      setPriority: { id: runId, priority },
    }),
  };
  const { user, asked } = show(<QueueCard {...card} />, { answers });
  expect(button("Train first sooner").disabled).toBe(true);
  expect(button("Train third later").disabled).toBe(true);
  await user.click(button("Train third sooner"));
  expect(asked).toEqual([{ name: "SetPriority", variables: { runId: "r2", priority: 1 } }]);
});

test("a refused move is said", async () => {
  const answers = { SetPriority: () => new Error("This run has begun.") };
  const { user } = show(<QueueCard {...card} />, { answers });
  await user.click(button("Train first later"));
  expect((await screen.findByRole("alert")).textContent).toBe("This run has begun.");
});

test("a long queue says how many more wait", () => {
  const long = Array.from({ length: 14 }, (_, at) => runRow(`r${at}`, { status: "QUEUED" }));
  show(<QueueCard {...card} queue={long} starts={[]} total={120} />);
  expect(screen.getAllByRole("listitem")).toHaveLength(12);
  expect(screen.getByText("108 more wait.")).toBeTruthy();
});

test("on a wall there is nothing to press", () => {
  show(<QueueCard {...card} isTouchable={false} />);
  expect(screen.getByText("second")).toBeTruthy();
  expect([...screen.queryAllByRole("button"), ...screen.queryAllByRole("link")]).toEqual([]);
});

test("an empty queue says so", () => {
  show(<QueueCard {...card} queue={[]} starts={[]} total={0} />);
  expect(screen.getByText("Nothing waits.")).toBeTruthy();
});
