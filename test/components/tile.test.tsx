/** A live run's tile: it follows its run, says in words what its curve shows, and keeps standing after the end. */
import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { RunRow } from "../../web/entities/run-list/live-runs.ts";
import { TileGrid } from "../../web/features/now/tile-grid.tsx";
import { runRow } from "../support/run-row.ts";
import { liveServer } from "./support/live-server.ts";
import { show } from "./support/show.tsx";

const epoch = (number: number, validationLoss: number) => ({
  ...{ epoch: number, trainLoss: 0.5, validationLoss, durationMs: 100, samplesPerSecond: 1_000 },
  __typename: "EpochMetrics",
});
const answers = {
  RunSnapshotOf: ({ id }: Readonly<Record<string, unknown>>) => ({
    run: {
      ...{ id, status: "RUNNING", etaMs: 60_000, lastSequence: 2, log: [], epochs: [epoch(1, 0.9)] },
      __typename: "Run",
    },
  }),
};
const event = (sequence: number, more: object) => ({
  trainingEvents: { sequence, at: "2026-01-01T00:00:05Z", ...more },
});
const trained = (sequence: number, number: number, loss: number) =>
  event(sequence, { __typename: "EpochCompleted", etaMs: 30_000, epoch: epoch(number, loss) });

const grid = { least: 3, isLarge: false, isTouchable: true, isStale: false };
const gridOf = (...rows: readonly RunRow[]) => (
  <TileGrid
    {...grid}
    slots={rows.map(({ id }) => ({ runId: id, endedAt: null }))}
    runs={new Map(rows.map((row) => [row.id, row]))}
  />
);
const tile = (name: string) => screen.getByRole("article", { name });
const careful = runRow("r1", { name: "careful", naiveLoss: 0.8, epoch: 1 });

test("goes on from what was fetched, epoch by epoch, and says what is best against the naive forecast", async () => {
  show(gridOf(careful), { answers });
  await within(tile("careful")).findByText("best 0.900 at 1");
  expect(tile("careful").textContent).toContain("13% above naive");
  expect(await liveServer.followed("TrainingEvents")).toEqual({ runId: "r1", after: 2 });

  act(() => liveServer.tell("TrainingEvents", trained(3, 2, 0.76)));
  await within(tile("careful")).findByText("best 0.760 at 2");
  expect(tile("careful").textContent).toContain("5% below naive");
  expect(within(tile("careful")).getByTestId("tile-epoch").textContent).toBe("2 of 50");
  const bar = within(tile("careful")).getByRole("progressbar", { name: "Epochs of careful" });
  expect(bar.getAttribute("aria-valuenow")).toBe("2");
  // The curve, for who does not see it.
  expect(within(tile("careful")).getByRole("img").getAttribute("aria-label")).toBe(
    "Validation loss of careful against the naive forecast: best 0.760 at 2, 5% below naive",
  );
  // Later epochs that are no better leave the best where it was.
  act(() => liveServer.tell("TrainingEvents", trained(4, 3, 0.78)));
  await waitFor(() => expect(tile("careful").textContent).toContain("3 of 50"));
  expect(tile("careful").textContent).toContain("best 0.760 at 2");
});

test("says what needs a person", () => {
  const attention = [{ kind: "RISING", message: "The validation loss has been rising.", sinceEpoch: 31 }];
  show(gridOf({ ...careful, attention } as RunRow), { answers });
  expect(within(tile("careful")).getByText("rising since 31")).toBeTruthy();
});

test("after the end it says how the run ended in the place of Stop, without another word from the list", async () => {
  show(gridOf(careful), { answers });
  expect(within(tile("careful")).getByRole("button", { name: "Stop careful" })).toBeTruthy();
  await liveServer.followed("TrainingEvents");
  const end = { __typename: "RunStatusChanged", status: "CANCELLED", message: null };
  act(() => liveServer.tell("TrainingEvents", event(3, end)));
  await waitFor(() =>
    expect(within(tile("careful")).queryByRole("button", { name: "Stop careful" })).toBeNull(),
  );
  expect(tile("careful").querySelector("[data-status=CANCELLED]")).not.toBeNull();
});

test("free places say that they are free; where nothing trains, the first has a way on", () => {
  const { unmount } = show(gridOf(careful), { answers });
  const places = within(screen.getByRole("list", { name: "Training now" })).getAllByRole("listitem");
  expect(places.map((place) => place.textContent === "Free")).toEqual([false, true, true]);
  unmount();
  show(gridOf());
  expect(screen.getByText("Nothing trains now")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Start a run" }).getAttribute("href")).toBe("/runs/new");
});
