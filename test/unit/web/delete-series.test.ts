/** Before a series is deleted a person is asked, and asked again where its runs would go with it. */
import { expect, test } from "vitest";
import {
  type DeletePriceSeriesPorts,
  deletePriceSeries,
} from "../../../server/services/change-price-series.ts";
import { questionAfter, questionOf } from "../../../web/features/one-series/delete-question.ts";
import { inWords } from "../../../web/lib/api-words.ts";

/** What the API says where so many runs need the series. */
async function refusalOf(all: number, running: number, withRuns: boolean): Promise<string> {
  const ports = { runs: { countOfSeries: async () => ({ all, running }) } };
  const refused = deletePriceSeries(ports as unknown as DeletePriceSeriesPorts)("s1", { withRuns });
  return refused.then(
    () => "nothing",
    (error: Error) => inWords(error.message),
  );
}
const alone = { withRuns: false, refusal: null };

test("the first question is about the series alone", () => {
  expect(questionOf(alone, "S&P 500")).toEqual({
    title: "Delete this series?",
    words: "S&P 500 goes with all its versions. This cannot be undone.",
    yes: "Delete the series",
    refusal: null,
  });
});

test("where runs need it, a person hears how many, and is asked whether they go along", async () => {
  for (const [runs, words] of [
    [1, "1 run trained with this series would go with it"],
    [26, "26 runs trained with this series would go with it"],
  ] as const) {
    const refused = questionAfter(alone, { code: "CONFLICT", message: await refusalOf(runs, 0, false) });
    expect(refused).toEqual({ withRuns: true, refusal: words });
    expect(questionOf(refused, "WAVE")).toMatchObject({
      refusal: words,
      yes: "Delete the series and its runs",
    });
  }
});

test("a run that trains is said, and the question stays the one about the runs", async () => {
  const message = await refusalOf(3, 1, true);
  expect(message).toBe("1 run is being trained on this series: cancel it first");
  expect(questionAfter({ withRuns: true, refusal: null }, { code: "CONFLICT", message })).toEqual({
    withRuns: true,
    refusal: message,
  });
});

test("a server that does not answer asks for no runs", () => {
  const unanswered = questionAfter(alone, { code: "NETWORK", message: "Gatecast does not answer." });
  expect(unanswered).toEqual({ withRuns: false, refusal: "Gatecast does not answer." });
});
