/** A page whose live connection is lost, and comes back. */
import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ConnectionBanner } from "../../web/components/connection-banner.tsx";
import { LiveDot } from "../../web/components/live-dot.tsx";
import { RunChangesProvider } from "../../web/entities/run-list/run-changes.tsx";
import { liveServer } from "./support/live-server.ts";
import { show } from "./support/show.tsx";

afterEach(() => liveServer.up());

const page = (
  <RunChangesProvider>
    <ConnectionBanner />
    <LiveDot />
  </RunChangesProvider>
);

test("says that the connection is lost and when it is tried again, tries at once when asked, and says that it is back", async () => {
  const { user } = show(page);
  await liveServer.followed("RunChanges");
  expect(screen.getByRole("status").textContent).toBe("");
  expect(screen.queryByText("Not live, the numbers are old")).toBeNull();

  liveServer.down();
  const again = await screen.findByRole("button", { name: "Try now" });
  // Who hears it is not told each second.
  expect(screen.getByRole("status").textContent).toMatch(/^Connection lost, trying again in \d+ sa moment/);
  expect(screen.getByText("Not live, the numbers are old")).toBeTruthy();

  liveServer.up();
  await user.click(again);
  await screen.findByText("Connected again. Everything is up to date.");
  await liveServer.followed("RunChanges");
  expect(screen.queryByRole("button", { name: "Try now" })).toBeNull();
});

test("says so in Chinese", async () => {
  show(page, { language: "zh" });
  await liveServer.followed("RunChanges");
  liveServer.down();
  await screen.findByRole("button", { name: "立即重试" });
  await waitFor(() => expect(screen.getByRole("status").textContent).not.toMatch(/[a-z]{3}/));
});
