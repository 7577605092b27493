/** The bell tells each end once, and the next end of a run that was resumed. */
import { expect, test } from "vitest";
import type { RunRow } from "../../../web/entities/run-list/live-runs.ts";
import { addNews, newsOf } from "../../../web/entities/run-list/news.ts";

const ended = (status: RunRow["status"], finishedAt: string) =>
  ({
    id: "a",
    name: "careful",
    status,
    finishedAt,
    epoch: 7,
    attention: [],
    scores: [],
  }) as unknown as RunRow;
const texts = (...runs: RunRow[]) =>
  runs
    .reduce<ReturnType<typeof newsOf>>((kept, run) => [...addNews(kept, newsOf(run, 0, 0))], [])
    .map(({ text }) => text);

test("an end that is told twice is one piece of news", () => {
  const end = ended("CANCELLED", "2026-11-27T10:00:00Z");
  expect(texts(end, end)).toEqual(["careful was cancelled after epoch 7"]);
});

test("a run that was resumed ends once more", () => {
  const runs = [ended("CANCELLED", "2026-11-27T10:00:00Z"), ended("SUCCEEDED", "2026-11-27T10:05:00Z")];
  expect(texts(...runs)).toEqual(["careful has ended", "careful was cancelled after epoch 7"]);
});

test("what ended before the page was opened is no news", () => {
  const before = Date.parse("2026-11-27T11:00:00Z");
  expect(newsOf(ended("FAILED", "2026-11-27T10:00:00Z"), before, before)).toEqual([]);
});
