/** The bell: what happened while the page was open, counted until it is read, and said to who hears. */
import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Announcer } from "../../web/components/announcer.tsx";
import { Bell } from "../../web/entities/run-list/bell.tsx";
import type { RunRow } from "../../web/entities/run-list/live-runs.ts";
import { RunChangesProvider } from "../../web/entities/run-list/run-changes.tsx";
import { runRow } from "../support/run-row.ts";
import { liveServer } from "./support/live-server.ts";
import { type Shown, show } from "./support/show.tsx";

async function page(path = "/", language: "en" | "zh" = "en"): Promise<Shown> {
  const shown = show(
    <RunChangesProvider>
      <Bell />
      <Announcer />
    </RunChangesProvider>,
    { path, language },
  );
  await liveServer.followed("RunChanges");
  return shown;
}
const tell = (id: string, changes: Partial<RunRow>) =>
  act(() => liveServer.tell("RunChanges", { runChanges: runRow(id, changes) }));
const later = () => new Date(Date.now() + 1_000).toISOString();
const ended = (name: string, skill: number): Partial<RunRow> => ({
  ...{ name, status: "SUCCEEDED", finishedAt: later(), scores: [{ split: "TEST", skill }] },
});

test("counts what is unread, lists the newest first, and forgets the count once it was read", async () => {
  const { user } = await page();
  expect(screen.getByRole("button", { name: "What happened" })).toBeTruthy();
  tell("r1", ended("careful", 0.042));
  await screen.findByRole("button", { name: "What happened: 1 new" });
  tell("r2", { name: "bold", status: "FAILED", epoch: 7, finishedAt: later() });
  const bell = await screen.findByRole("button", { name: "What happened: 2 new" });

  await user.click(bell);
  const news = screen.getAllByRole("listitem").map((item) => within(item).getByRole("link"));
  expect(news.map(({ textContent }) => textContent)).toEqual([
    "bold failed after epoch 7",
    "careful has ended: +4.2%, better than naive",
  ]);
  expect(news[0]!.getAttribute("href")).toBe("/runs/r2");
  await user.click(bell);
  await screen.findByRole("button", { name: "What happened" });
});

test("says an end politely and a failure at once, each once", async () => {
  await page();
  tell("r1", ended("careful", -0.3));
  await waitFor(() =>
    expect(screen.getByTestId("announcer").textContent).toBe(
      "careful has ended: −30.0%, no better than naive",
    ),
  );
  tell("r2", { name: "bold", status: "FAILED", epoch: 7, finishedAt: later() });
  await waitFor(() =>
    expect(within(screen.getByTestId("announcer")).getByRole("alert").textContent).toMatch(/^bold/),
  );
  // The same end told again, with a tag that somebody added.
  tell("r2", { name: "bold", status: "FAILED", epoch: 7, finishedAt: later(), tags: ["odd"] });
  tell("r3", { name: "live", attention: [{ kind: "DIVERGED", message: "It diverges.", sinceEpoch: null }] });
  await screen.findByRole("button", { name: /^What happened: \d new$/ });
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("live: It diverges."));
});

test("on a run's own page each tenth of it is said", async () => {
  const id = "01234567-89ab-cdef-0123-456789abcdef";
  await page(`/runs/${id}`);
  tell(id, { name: "careful", epoch: 11, config: { epochs: 50 } });
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("20 % of careful is trained"));
  tell("another", { name: "bold", epoch: 30, config: { epochs: 50 } });
  tell(id, { name: "careful", epoch: 15, config: { epochs: 50 } });
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("30 % of careful is trained"));
});

test("what ended before the page was opened is no news, and Chinese readers read Chinese", async () => {
  await page("/", "zh");
  tell("r0", { ...ended("old", 0.1), finishedAt: "2020-01-01T00:00:00Z" });
  tell("r1", ended("谨慎", 0.042));
  const bell = await screen.findByRole("button", { name: /1/ });
  expect(bell.getAttribute("aria-label")).not.toMatch(/[a-z]/i);
  expect(screen.getByTestId("announcer").textContent).not.toMatch(/[a-z]/i);
  expect(screen.getByTestId("announcer").textContent).toContain("谨慎");
});
