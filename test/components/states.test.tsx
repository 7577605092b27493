/** What stands in the place of content, what must be known before it, and what is said aloud. */
import { act, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { Announcer } from "../../web/components/announcer.tsx";
import { Notice } from "../../web/components/notice.tsx";
import { Failure, Loading } from "../../web/components/states.tsx";
import { NoRuns } from "../../web/features/runs/no-runs.tsx";
import { announce } from "../../web/lib/announcer.ts";
import { show } from "./support/show.tsx";

test("a failure is said at once, in the API's words, with a way to try again", async () => {
  const retry = vi.fn();
  const { user } = show(<Failure error={{ message: "Gatecast does not answer." }} onRetry={retry} />);
  expect(screen.getByRole("alert").textContent).toContain("Gatecast does not answer.");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(retry).toHaveBeenCalledOnce();
});

test("where trying again would not help, no button says so", () => {
  show(<Failure error={{ message: "This run was deleted." }} />);
  expect(screen.queryByRole("button")).toBeNull();
});

test("what is on its way is said without an interruption", () => {
  show(<Loading label="Reading the runs" />);
  expect(screen.getByRole("status").textContent).toBe("Reading the runs");
});

test("only what is bad interrupts who reads", () => {
  show(
    <>
      <Notice tone="bad" title="It knew the future">
        Do not trust it.
      </Notice>
      <Notice tone="caution" title="Few bars">
        Luck is large.
      </Notice>
    </>,
  );
  expect(screen.getByRole("alert").textContent).toContain("It knew the future");
  expect(screen.getByRole("note").textContent).toContain("Few bars");
});

test("news are said politely, failures at once, and neither silences the other", () => {
  show(<Announcer />);
  act(() => announce("30 % of careful is trained"));
  act(() => announce("bold failed", true));
  expect(screen.getByRole("status").textContent).toBe("30 % of careful is trained");
  expect(screen.getByRole("alert").textContent).toBe("bold failed");
});

const noRuns = {
  ...{ error: null, isNarrowed: false, isFetching: false, isUnread: false },
  ...{ onRetry: () => {}, onShowAll: () => {}, onUsualLook: () => {} },
};

test("an empty table says why it is empty, and each reason has its own way on", async () => {
  const all = vi.fn();
  const narrowed = show(<NoRuns {...noRuns} isNarrowed onShowAll={all} />);
  expect(screen.getByRole("heading").textContent).toBe("No run fits");
  await narrowed.user.click(screen.getByRole("button", { name: "Show all runs" }));
  expect(all).toHaveBeenCalledOnce();
  narrowed.unmount();

  const usual = vi.fn();
  const none = { code: null, choices: [], retryAfterMs: null };
  const mistyped = show(
    <NoRuns
      {...noRuns}
      error={{ ...none, field: "sort.by", message: "There is no such column" }}
      onUsualLook={usual}
    />,
  );
  await mistyped.user.click(screen.getByRole("button", { name: "Show the usual columns and order" }));
  expect(usual).toHaveBeenCalledOnce();
  mistyped.unmount();

  show(<NoRuns {...noRuns} />);
  expect(screen.getByRole("link", { name: "Start a run" }).getAttribute("href")).toBe("/runs/new");
});
