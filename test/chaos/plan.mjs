/** What a storm will do, decided by its seed alone: the models, the runs with their followers, and the faults. */
import { randomOf } from "./seeded.mjs";

const apiCount = 2;
const workerCount = 2;

/** How often each fault comes in one round of the deck; every kind comes in every round. */
const deck = {
  "kill worker": 3,
  "stop worker": 2,
  "kill api": 2,
  "stop api": 1,
  "restart postgres": 1,
  "kill postgres": 1,
  "cut database": 3,
  "freeze database": 1,
  "cut sockets": 2,
  "freeze sockets": 1,
  "freeze api": 1,
  "fill disk": 1,
};
/** @public The storm's test loads it by the file's name. */
export const faultKinds = Object.keys(deck);
const lasting = new Set(["freeze database", "fill disk"]);

/** After how long each of the first starts, which make the tables, is broken off: from loading to the last table. */
export function planBrokenOffStarts(seed) {
  const random = randomOf(seed, "broken-off starts");
  return Array.from({ length: 4 }, () => random.integer(200, 1_200));
}

/** Shapes that differ in what they exercise: one and two layers, dropout, validation, several steps ahead. */
const shapes = [
  { layers: [{ units: 24, dropout: 0.2 }, { units: 16 }], window: 16, validationBars: 60 },
  { layers: [{ units: 32, dropout: 0.1 }], window: 24, horizon: 3, validationBars: 0 },
  {
    layers: [{ units: 20 }, { units: 20, dropout: 0.3 }],
    window: 12,
    resetAfter: false,
    transform: "LOG_RETURN",
  },
];

/** Each model is trained undisturbed once, and by many runs in the storm. */
export function planModels(seed, epochs) {
  const random = randomOf(seed, "models");
  const common = { epochs, batchSize: 8, learningRate: 0.002, testBars: 60 };
  return shapes.map((shape) => ({ ...common, ...shape, seed: random.integer(0, 2 ** 31 - 1) }));
}

/** @returns {{ kind: string, target: string | null, pauseMs: number, forMs: number }[]} the faults, in order. */
export function planFaults(seed, { count, shortestPauseMs, longestPauseMs, longestFreezeMs }) {
  const random = randomOf(seed, "faults");
  const cards = Object.entries(deck).flatMap(([kind, times]) => Array(times).fill(kind));
  const faults = [];
  // A short storm shows every kind once before any comes again.
  let round = random.shuffled(faultKinds);
  while (faults.length < count) {
    if (round.length === 0) round = random.shuffled(cards);
    const kind = round.pop();
    faults.push({
      kind,
      target: random.pick(targetsOf(kind)),
      pauseMs: random.integer(shortestPauseMs, longestPauseMs),
      // How long it stays away or frozen. A worker that is frozen for longer than its lease is taken for dead.
      forMs: random.integer(0, lasting.has(kind) ? longestFreezeMs : 2_000),
    });
  }
  return faults;
}

const numbered = (name, count) => Array.from({ length: count }, (_, i) => `${name} ${i + 1}`);
export const apis = numbered("api", apiCount);
export const workers = numbered("worker", workerCount);

function targetsOf(kind) {
  if (kind.endsWith("worker")) return workers;
  if (kind.endsWith("postgres") || kind === "fill disk") return ["postgres"];
  return kind.endsWith("database") ? [...workers, ...apis] : apis;
}

/** Which run takes every worker with it, and how many epochs it leaves each: an early one, so that a short storm sees its end. */
export function planDoom(seed) {
  const random = randomOf(seed, "doom");
  const number = random.integer(1, 2);
  return {
    number,
    runName: nameOf(number),
    epochsEach: Array.from({ length: 3 }, () => random.integer(1, 5)),
  };
}
const nameOf = (number) => `run ${number}`;

/** The run of this number: the same for a seed, however many runs a storm comes to. */
export function planRun(seed, number, { models, epochs }) {
  const random = randomOf(seed, `run ${number}`);
  const takesWorkers = number === planDoom(seed).number;
  const model = random.integer(0, models - 1);
  const priority = random.pick([0, 0, 0, 5, -5]);
  const cancelAtEpoch = random.chance(0.1) ? random.integer(1, Math.floor(epochs / 2)) : null;
  return {
    name: nameOf(number),
    model,
    takesWorkers,
    // It is to meet its three workers before the storm is over.
    priority: takesWorkers ? 10 : priority,
    cancelAtEpoch: takesWorkers ? null : cancelAtEpoch,
    followers: [
      { kind: "steady", api: random.integer(0, apiCount - 1), joinsAfterMs: 0, leavesAfter: null },
      // Leaves by itself after a few events, again and again, and comes back to another API.
      {
        kind: "restless",
        api: random.integer(0, apiCount - 1),
        joinsAfterMs: 0,
        leavesAfter: random.integer(1, 7),
      },
      {
        kind: "late",
        api: random.integer(0, apiCount - 1),
        joinsAfterMs: random.integer(500, 15_000),
        leavesAfter: null,
      },
    ],
  };
}
