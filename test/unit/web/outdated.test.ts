/** The page of a run notices what others do with it, while it is open. */
import { expect, test } from "vitest";
import type { RunRow } from "../../../web/entities/run-list/live-runs.ts";
import { isOutdated } from "../../../web/features/run/outdated.ts";

const fetched = {
  status: "CANCELLED" as RunRow["status"],
  name: "baseline",
  cancelRequested: true,
  scoreRequested: false,
  tags: ["paper"],
  archived: false,
  isBaseline: false,
};
const told = (changes: Partial<RunRow>) => ({ ...fetched, ...changes }) as RunRow;

test("a run of which nothing, or the same, was told is as it was fetched", () => {
  expect(isOutdated(fetched, undefined)).toBe(false);
  expect(isOutdated(fetched, told({}))).toBe(false);
  expect(isOutdated({ ...fetched, status: "QUEUED" }, told({ status: "RUNNING", epoch: 3 }))).toBe(false);
});

test("a cancelled run that is taken up again in another tab is asked for again", () => {
  expect(isOutdated(fetched, told({ status: "QUEUED", cancelRequested: false }))).toBe(true);
  expect(
    isOutdated({ ...fetched, cancelRequested: false }, told({ status: "RUNNING", cancelRequested: false })),
  ).toBe(true);
});

test("so is one that somebody else renames, tags, archives, pins or asks to be scored", () => {
  const changes: Partial<RunRow>[] = [
    { name: "other" },
    { tags: [] },
    { archived: true },
    { isBaseline: true },
    { scoreRequested: true },
  ];
  for (const change of changes) expect(isOutdated(fetched, told(change))).toBe(true);
});
