/** Stopping a run: what can be done with what it learned, the question before it is discarded, and a refusal. */
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { StopMenu } from "../../web/entities/run/stop-menu.tsx";
import { type Answers, show } from "./support/show.tsx";

const run = { runId: "r1", name: "careful", epoch: 12, isRequested: false, isScoreRequested: false };
const obeyed: Answers = {
  CancelTraining: ({ score }) => ({
    cancelTraining: {
      run: { id: "r1", status: "RUNNING", cancelRequested: !score, scoreRequested: score, __typename: "Run" },
    },
  }),
};

test("scores the best epoch without a question, and says that it does", async () => {
  const { user, asked } = show(<StopMenu {...run} />, { answers: obeyed });
  await user.click(screen.getByRole("button", { name: "Stop careful" }));
  await user.click(screen.getByRole("button", { name: /^Stop and score the best epoch.*12 epochs trained/ }));
  await screen.findByRole("button", { name: "Scoring… careful" });
  expect(asked).toEqual([{ name: "CancelTraining", variables: { runId: "r1", score: true } }]);
  expect(screen.queryByRole("dialog")).toBeNull();
  // Whoever sees that it takes long may still discard it.
  await user.click(screen.getByRole("button", { name: "Scoring… careful" }));
  expect(screen.queryByRole("button", { name: /^Stop and score/ })).toBeNull();
  expect(screen.getByRole("button", { name: /^Stop and discard/ })).toBeTruthy();
});

test("asks before it discards, and does nothing where the answer is no", async () => {
  const { user, asked } = show(<StopMenu {...run} />, { answers: obeyed });
  const ask = async () => {
    await user.click(screen.getByRole("button", { name: "Stop careful" }));
    await user.click(screen.getByRole("button", { name: /^Stop and discard/ }));
    return screen.getByRole("dialog", { name: "Stop careful and discard it?" });
  };
  expect((await ask()).textContent).toContain("The 12 epochs trained so far are kept");
  await user.click(screen.getByRole("button", { name: "Let it go on" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(asked).toEqual([]);

  await ask();
  await user.click(screen.getByRole("button", { name: "Stop and discard" }));
  expect((await screen.findByRole<HTMLButtonElement>("button", { name: "Stopping… careful" })).disabled).toBe(
    true,
  );
  expect(asked).toEqual([{ name: "CancelTraining", variables: { runId: "r1", score: false } }]);
});

test("a refusal stands in the question, which stays open to try again", async () => {
  const answers = { CancelTraining: () => new Error("This run has ended already.") };
  const { user } = show(<StopMenu {...run} />, { answers });
  await user.click(screen.getByRole("button", { name: "Stop careful" }));
  await user.click(screen.getByRole("button", { name: /^Stop and discard/ }));
  await user.click(screen.getByRole("button", { name: "Stop and discard" }));
  expect((await screen.findByRole("alert")).textContent).toBe("This run has ended already.");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Stop and discard" }).disabled).toBe(false);
});

test("before its first epoch there is nothing to score", async () => {
  const { user } = show(<StopMenu {...run} epoch={0} />);
  await user.click(screen.getByRole("button", { name: "Stop careful" }));
  expect(screen.queryByRole("button", { name: /^Stop and score/ })).toBeNull();
  expect(screen.getByRole("button", { name: /No epoch is finished yet/ })).toBeTruthy();
});

test("someone else's stop is seen here, too", () => {
  show(<StopMenu {...run} isRequested />);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Stopping… careful" }).disabled).toBe(true);
});
