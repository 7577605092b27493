/** The first thing on a run's page: what it is worth, without flattery, in both languages. */
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Run } from "../../web/features/run/run.ts";
import { VerdictCard } from "../../web/features/run/verdict-card.tsx";
import { show } from "./support/show.tsx";

const errorsOf = (mae: number) => ({ mae, rmse: mae, mape: null, mase: null, directionalAccuracy: null });
/** What its card reads of a run, with this mean error where the last price's is 10. */
const judged = (mae: number, pValue: number, more: Partial<Run> = {}) =>
  ({
    verdict: null,
    scores: [{ split: "TEST", count: 1_250, skill: 1 - mae / 10, model: errorsOf(mae), naive: errorsOf(10) }],
    leaderboard: [{ forecaster: "LAST_VALUE", dieboldMariano: { statistic: -1, pValue } }],
    config: { target: "CLOSE" },
    priceSeries: { currency: "USD" },
    leakTest: null,
    testUses: 1,
    ...more,
  }) as Run;
const verdict = () => screen.getByRole("region", { name: "Verdict" });

test("says how much better a run is, and what its errors are in the series' money", () => {
  show(<VerdictCard run={judged(9.7, 0.001)} />);
  expect(verdict().textContent).toContain("3.0% better than the naive forecast");
  expect(verdict().textContent).toContain(
    "Over 1,250 test predictions it is off by 9.70 USD on average; repeating the last price is off by 10.00 USD.",
  );
  expect(verdict().textContent).not.toContain("learned nothing");
});

test("says it plainly where a run is worse", () => {
  show(<VerdictCard run={judged(24, 0.001)} />);
  expect(verdict().textContent).toContain("2.4 times the error of the naive forecast");
  expect(verdict().textContent).toContain("has learned nothing that the last price does not tell");
});

test("what may be luck looks neither good nor bad", () => {
  const toneOf = (mae: number, pValue: number) => {
    const { unmount } = show(<VerdictCard run={judged(mae, pValue)} />);
    const tone = verdict().className;
    unmount();
    return tone;
  };
  const [better, luck, worse] = [toneOf(9.7, 0.001), toneOf(9.7, 0.4), toneOf(10.3, 0.001)];
  expect(new Set([better, luck, worse]).size).toBe(3);
  expect(toneOf(10.3, 0.4)).toBe(luck);
});

test("a failed leak test and a test looked at too often are said beside the score", async () => {
  const leakTest = { passed: false, detail: "It forecast noise." };
  const { user } = show(<VerdictCard run={judged(9.7, 0.001, { leakTest, testUses: 40 })} />);
  expect(verdict().textContent).toContain("40 runs were scored on these bars");
  const chip = within(verdict()).getByText("It knew what was still to come");
  await user.click(chip);
  expect(chip.closest("details")?.open).toBe(true);
  expect(verdict().textContent).toContain("It forecast noise.");
});

test("says all of it in Chinese", () => {
  show(<VerdictCard run={judged(24, 0.001, { testUses: 40 })} />, { language: "zh" });
  const words = screen.getByTestId("verdict").textContent?.replaceAll("USD", "") ?? "";
  expect(words).toMatch(/[\u4e00-\u9fff]/);
  expect(words).not.toMatch(/[a-z]{2}/i);
});

test("a run without a test has no verdict", () => {
  show(<VerdictCard run={judged(9.7, 0.001, { scores: [] })} />);
  expect(screen.queryByTestId("verdict")).toBeNull();
});
