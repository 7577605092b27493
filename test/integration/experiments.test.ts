/** Experiments, from the request to what all of their runs say together. */
import { expect, test } from "vitest";
import { createExperimentStore } from "../../server/db/experiment-store.ts";
import { Conflict, InvalidInput, LimitExceeded } from "../../server/domain/errors.ts";
import { experimentStatus } from "../../server/domain/experiment.ts";
import { SeparateModels } from "../../server/engine/separate-models.ts";
import { cancelExperiment } from "../../server/services/cancel-training.ts";
import { experimentLeaderboard } from "../../server/services/experiment-leaderboard.ts";
import type { StartExperimentRequest } from "../../server/services/services.ts";
import { startExperiment } from "../../server/services/start-experiment.ts";
import { LinearEngine } from "../support/linear-engine.ts";
import { smallConfig } from "../support/small-config.ts";
import { trainingFixture } from "../support/training-fixture.ts";

const training = trainingFixture();
const given = () => {
  const { backend } = training;
  const ports = { ...backend, experiments: createExperimentStore(backend.prisma) };
  const start = startExperiment(ports);
  return {
    ...ports,
    begin: (request: Partial<StartExperimentRequest> & Pick<StartExperimentRequest, "plan">) =>
      start({ training: { ...smallConfig, priceSeriesId: backend.seriesId }, ...request }),
    cancelAll: cancelExperiment(ports),
    leaderboard: experimentLeaderboard(ports),
  };
};
const ended = async (id: string) => {
  const { experiments, eventsOf } = given();
  for (const run of await experiments.runsOf(id)) await eventsOf(run.id);
  return (await experiments.runsOf(id)).map(({ status }) => status);
};

test("seeds give each run its own, and their mean forecast stands beside them", async () => {
  const { begin, experiments, runs, leaderboard } = given();
  const experiment = await begin({ plan: "SEEDS", seeds: 3 });
  await training.givenWorker({ besideEachOther: { onProcessor: 2, onCard: 2 } });
  expect(await ended(experiment.id)).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
  const ids = (await experiments.runsOf(experiment.id)).map(({ id }) => id);
  const seeds = (await runs.findMany(ids)).map(({ config }) => config.seed).sort((a, b) => a - b);
  expect(seeds).toEqual([0, 1, 2].map((i) => smallConfig.seed + i));
  const names = (await runs.findMany(ids)).map(({ name }) => name);
  expect(new Set(names).size).toBe(3);
  expect(names.every((name) => /, seed \d+$/.test(name))).toBe(true);
  expect(experiment.name).toMatch(/, GRU 6, 3 seeds$/);
  const board = await leaderboard(experiment, "TEST");
  const network = board.find(({ forecaster }) => forecaster === "GRU")!;
  const together = board.find(({ forecaster }) => forecaster === "ENSEMBLE")!;
  expect(network).toMatchObject({ count: 3, name: null });
  expect(together.count).toBe(3);
  // A mean never errs more than its members do on average.
  expect(together.maeMean).toBeLessThanOrEqual(network.maeMean * (1 + 1e-12));
  expect(board.find(({ forecaster }) => forecaster === "LAST_VALUE")).toMatchObject({
    count: 3,
    maeDeviation: 0,
    skillMean: 0,
  });
  expect(board.map(({ maeMean }) => maeMean)).toEqual(
    board.map(({ maeMean }) => maeMean).sort((a, b) => a - b),
  );
});

test("on a card the runs of an experiment train together, each to its own end", async () => {
  const { begin, experiments, runs, leaderboard } = given();
  const together: number[] = [];
  const card = new LinearEngine();
  card.createModels = async (shape, options) => {
    const models = await SeparateModels.create(card, shape, options);
    const { trainEpoch } = models;
    models.trainEpoch = (...asked) => {
      together.push(options.length);
      return trainEpoch.apply(models, asked);
    };
    return models;
  };
  const experiment = await begin({
    ...{ plan: "SEEDS", seeds: 3 },
    training: { ...smallConfig, epochs: 40, priceSeriesId: training.backend.seriesId },
  });
  await training.givenWorker({
    besideEachOther: { onProcessor: 1, onCard: 8 },
    engines: [{ engine: "WEBGPU", available: true, detail: "", device: "a card", batchMs: 1 }],
    loadEngine: async () => card,
  });
  expect(await ended(experiment.id)).toEqual(["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
  expect(together.filter((count) => count === 3).length).toBeGreaterThan(30);
  const ids = (await experiments.runsOf(experiment.id)).map(({ id }) => id);
  expect((await runs.findMany(ids)).map(({ engine, epoch }) => ({ engine, epoch }))).toEqual(
    ids.map(() => ({ engine: "WEBGPU", epoch: 40 })),
  );
  expect((await leaderboard(experiment, "TEST")).map(({ forecaster }) => forecaster)).toContain("ENSEMBLE");
  expect(card.openModels).toBe(0);
});

test("a walk forward tests side by side, one fold after the other", async () => {
  const { begin, experiments, runs } = given();
  const experiment = await begin({ plan: "WALK_FORWARD", folds: 2, refitEvery: 10 });
  await training.givenWorker({ besideEachOther: { onProcessor: 2, onCard: 2 } });
  expect(await ended(experiment.id)).toEqual(["SUCCEEDED", "SUCCEEDED"]);
  const times = [];
  for (const { id } of await experiments.runsOf(experiment.id))
    times.push(...((await runs.predictions(id, "TEST", 1))?.time ?? []).map((time) => time.getTime()));
  expect(new Set(times).size).toBe(times.length);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("a sweep trains every combination, and scores of several seeds stand in one row", async () => {
  const { begin, experiments, runs, leaderboard } = given();
  const experiment = await begin({
    plan: "SWEEP",
    sweep: [
      { field: "learningRate", values: ["0.01", "0.001"] },
      { field: "seed", values: ["1", "2"] },
    ],
  });
  expect(experiment.name).toMatch(/, GRU 6, sweep of 4$/);
  await training.givenWorker({ besideEachOther: { onProcessor: 2, onCard: 2 } });
  expect(await ended(experiment.id)).toEqual(Array(4).fill("SUCCEEDED"));
  const ids = (await experiments.runsOf(experiment.id)).map(({ id }) => id);
  const members = await runs.findMany(ids);
  expect(new Set(members.map(({ config }) => `${config.learningRate} ${config.seed}`)).size).toBe(4);
  expect(members.map(({ name }) => name)).toContainEqual(
    expect.stringMatching(/, learning rate 0.001, seed 2$/),
  );
  const networks = (await leaderboard(experiment, "TEST")).filter(({ forecaster }) => forecaster === "GRU");
  expect(networks.map(({ name, count }) => `${name}: ${count}`).sort()).toEqual([
    "learning rate 0.001: 2",
    "learning rate 0.01: 2",
  ]);
});

test("repeated with its key it is there once; another request with the key is refused", async () => {
  const { begin, experiments } = given();
  const request = { plan: "SEEDS", seeds: 2, idempotencyKey: "once" } as const;
  const [first, second] = await Promise.all([begin(request), begin(request)]);
  expect(second.id).toBe(first.id);
  expect((await experiments.runsOf(first.id)).length).toBe(2);
  await expect(begin({ ...request, seeds: 3 })).rejects.toThrow(Conflict);
  await given().cancelAll(first.id);
});

test("all of it is cancelled at once, and it can be asked again", async () => {
  const { begin, cancelAll, experiments } = given();
  const experiment = await begin({ plan: "SEEDS", seeds: 30 });
  await cancelAll(experiment.id);
  await cancelAll(experiment.id);
  const statuses = (await experiments.runsOf(experiment.id)).map(({ status }) => status);
  expect(statuses.length).toBe(30);
  expect(experimentStatus(statuses)).toBe("CANCELLED");
});

test("what is wrong with one run is said before any is queued", async () => {
  const { backend } = training;
  const { begin } = given();
  const before = await backend.runs.count();
  await expect(begin({ plan: "WALK_FORWARD", folds: 2, refitEvery: 50, trainBars: 15 })).rejects.toThrow(
    InvalidInput,
  );
  await expect(begin({ plan: "SEEDS", seeds: 1 })).rejects.toThrow("seeds must be");
  await expect(begin({ plan: "SEEDS", folds: 3 })).rejects.toThrow("folds must be omitted with plan SEEDS");
  await expect(
    startExperiment({ ...given(), maxWaitingRuns: 3 })({
      plan: "SEEDS",
      seeds: 4,
      training: { ...smallConfig, priceSeriesId: backend.seriesId },
    }),
  ).rejects.toThrow(LimitExceeded);
  expect(await backend.runs.count()).toBe(before);
});
