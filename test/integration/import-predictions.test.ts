/** Outside forecasts beside a run's own, on the same targets. */
import { expect, test } from "vitest";
import { importPredictions } from "../../server/services/import-predictions.ts";
import { trainingFixture } from "../support/training-fixture.ts";

const training = trainingFixture();
async function givenFinishedRun(request = {}) {
  const { backend } = training;
  await training.givenWorker();
  const run = await backend.start(request);
  await backend.eventsOf(run.id);
  const put = importPredictions(backend);
  const test = (await backend.runs.predictions(run.id, "TEST", 1))!;
  const scores = async () => (await backend.runs.forecasterScores([run.id])).get(run.id)!;
  return { backend, run, put, test, scores };
}

test("a perfect outside forecast errs by nothing, and a copy of the last value has no skill", async () => {
  const { backend, run, put, test, scores } = await givenFinishedRun();
  const columns = { runId: run.id, time: [...test.time] };
  expect(await put({ ...columns, name: "Oracle", predicted: [...test.actual] })).toMatchObject({
    matched: test.time.length,
    unmatched: 0,
  });
  await put({ ...columns, name: "Copy", predicted: [...test.naive] });
  const outside = (await scores()).filter(
    ({ forecaster, step }) => forecaster === "OUTSIDE" && step === null,
  );
  const of = (name: string) => outside.find((row) => row.name === name)!;
  expect(of("Oracle")).toMatchObject({ split: "TEST", mae: 0, skill: 1, count: test.time.length });
  const naive = (await scores()).find(
    ({ forecaster, split, step }) => forecaster === "LAST_VALUE" && split === "TEST" && step === null,
  )!;
  expect(of("Copy").skill).toBe(0);
  expect(of("Copy").mae).toBeCloseTo(naive.mae, 12);
  expect(of("Copy").mase!).toBeCloseTo(naive.mase!, 10);
  const stored = await backend.runs.predictions(run.id, "TEST", 1, { forecaster: "OUTSIDE", name: "Oracle" });
  expect(stored?.predicted).toEqual(test.actual);
});

test("what matches no target is counted, and some targets may be left out", async () => {
  const { run, put, test, scores } = await givenFinishedRun();
  const time = [new Date("1999-01-01"), ...test.time.slice(0, 5)];
  const given = {
    runId: run.id,
    name: "Some",
    time,
    predicted: time.map((_, i) => i + 1),
    lower: time.map(() => 0),
  };
  expect(await put(given)).toMatchObject({ matched: 5, unmatched: 1 });
  // The same name again takes its own place.
  expect(await put(given)).toMatchObject({ matched: 5, unmatched: 1 });
  const rows = (await scores()).filter(({ name }) => name === "Some");
  expect(new Set(rows.map(({ step, count }) => `${step} ${count}`))).toEqual(new Set(["1 5", "null 5"]));
});

test("what cannot stand beside the run is refused in words", async () => {
  const { backend, run, put, test } = await givenFinishedRun();
  const good = { runId: run.id, name: "X", time: [test.time[0]!], predicted: [1] };
  await expect(put({ ...good, time: [new Date("1999-01-01")] })).rejects.toThrow(
    /time must name bars that the run predicted at step 1, which has times from .* none of the 1 that came/,
  );
  await expect(put({ ...good, time: [test.time[0]!, test.time[0]!], predicted: [1, 2] })).rejects.toThrow(
    "must not repeat",
  );
  await expect(put({ ...good, predicted: [] })).rejects.toThrow(
    "predicted must have one entry a time, 1, got 0",
  );
  await expect(put({ ...good, name: "  " })).rejects.toThrow("name must have 1 to 60 characters");
  // Its square is no number, and a table with it could not be answered any more.
  await expect(put({ ...good, predicted: [1e200] })).rejects.toThrow(
    "predicted must be numbers from -1000000000000000 to 1000000000000000, got 1e+200",
  );
  await expect(put({ ...good, upper: [Number.POSITIVE_INFINITY] })).rejects.toThrow("upper must be numbers");
  await expect(put({ ...good, lower: [3], upper: [2] })).rejects.toThrow(
    "lower must not be above upper, got 3 with upper 2",
  );
  await expect(put({ ...good, step: 2 })).rejects.toThrow("step must be 1..1, got 2");
  const waiting = await backend.start({ epochs: 10_000 });
  await expect(put({ ...good, runId: waiting.id })).rejects.toThrow(/a run that SUCCEEDED/);
  await backend.cancel(waiting.id);
});

test("volatilities come and go in percent a year", async () => {
  const request = { target: "LOG_VARIANCE", transform: "DIFFERENCE", features: ["LOG_VARIANCE"] };
  const { backend, run, put, test } = await givenFinishedRun(request);
  const predicted = test.time.map(() => 20);
  await put({ runId: run.id, name: "Flat", time: [...test.time], predicted });
  const stored = await backend.runs.predictions(run.id, "TEST", 1, { forecaster: "OUTSIDE", name: "Flat" });
  const [version] = await backend.series.findVersions([run.seriesVersionId]);
  const years = (version!.lastTime!.getTime() - version!.firstTime!.getTime()) / (365.25 * 86_400_000);
  const perYear = (version!.barCount - 1) / years;
  expect(stored!.predicted[0]).toBeCloseTo(Math.log(0.2 ** 2 / perYear), 10);
  await expect(put({ runId: run.id, name: "No", time: [test.time[0]!], predicted: [0] })).rejects.toThrow(
    "above 0 percent",
  );
  await expect(
    put({ runId: run.id, name: "No", time: [test.time[0]!], predicted: [1e-200] }),
  ).rejects.toThrow("at least 1e-15 percent");
});
