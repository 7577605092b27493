/**
 * Measures the engine beside PyTorch: whole epochs with dropout and Adam, all contestants in turn in every round, each
 * followed by the fastest PyTorch. Medians over the rounds; ratios are medians of those pairs, since a virtual machine's
 * speed may change by half from second to second. Prints a table; asserts nothing.
 * Usage: npm run bench:engine -- [rounds] [threads,threads].
 * PYTHON names the Pythons that have PyTorch, Keras or both, separated by commas: all of them race.
 * On a machine that others use too, ask for one thread and compare CPU seconds: PyTorch's two spin at barriers.
 */
import { cpus } from "node:os";
import { ourContestants, startPeer } from "./contestants.mjs";
import { models, productFlops } from "./models.mjs";

const rounds = Number(process.argv[2] ?? 5);
const threadCounts = (process.argv[3] ?? "1,2").split(",").map(Number);

const pythons = (process.env.PYTHON ?? "python3").split(",");
const pytorches = await Promise.all(pythons.map((python) => startPeer("PyTorch", python)));
const kerases = await Promise.all(pythons.map((python) => startPeer("Keras", python)));
const there = (peers) => peers.filter(({ missing }) => !missing);
const contestants = ourContestants(threadCounts);
for (const pytorch of there(pytorches))
  contestants.push(...threadCounts.map((threads) => pytorch.contestant(threads)));

console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}, ${rounds} rounds, medians`);
for (const { missing } of [...pytorches, ...kerases]) if (missing) console.log(`missing: ${missing}`);
if (there(pytorches).length === 0) console.log("missing: the SGEMM floor, which PyTorch measures");

for (const model of models) {
  await race(model, "train");
  if (model.name === "standard") await race(model, "predict");
  for (const contestant of contestants) await contestant.forget(model);
}
for (const keras of there(kerases)) await measureKeras(keras);
for (const pytorch of there(pytorches)) {
  for (const threads of threadCounts) {
    const flops = await pytorch.sgemm(threads);
    const floor = productFlops(models[0]) / flops;
    console.log(
      `SGEMM floor of a standard epoch, ${pytorch.version}, ${threads} threads: ` +
        `${floor.toFixed(3)} s (${(flops / 1e9).toFixed(0)} GFLOP/s)`,
    );
  }
  pytorch.stop();
}

/** Beside the race: its epochs take many times as long, so two after a first one say enough. */
async function measureKeras(keras) {
  for (const threads of threadCounts) {
    const contestant = keras.contestant(threads);
    const times = [];
    for (let round = 0; round < 3; round++) times.push((await contestant.train(models[0])).wall);
    const seconds = Math.min(...times.slice(1)).toFixed(2);
    console.log(`${contestant.name}, ${threads} threads: ${seconds} s for an epoch of the standard model`);
  }
  keras.stop();
}

async function race(model, what) {
  const time = (contestant) => contestant[what](model);
  for (const contestant of contestants) await time(contestant); // the first one also pays for pages and caches
  const rival = await fastestPyTorch(time);
  const rows = contestants.map((contestant) => ({ contestant, times: [], ratios: [] }));
  for (let round = 0; round < (model.isSlow ? Math.ceil(rounds / 3) : rounds); round++) {
    for (const { contestant, times, ratios } of rows) {
      times.push(await time(contestant));
      if (rival) ratios.push((await time(rival)).wall / times.at(-1).wall);
    }
  }
  console.log(
    `\n${model.name}, ${what === "train" ? "one epoch" : "prediction"} of ${model.windows} windows` +
      (rival ? `; ratios to ${nameOf(rival)}` : ""),
  );
  console.table(
    Object.fromEntries(
      rows.map(({ contestant, times, ratios }) => {
        const wall = median(times.map((one) => one.wall));
        return [
          nameOf(contestant),
          {
            seconds: Number(wall.toFixed(3)),
            fastest: Number(Math.min(...times.map((one) => one.wall)).toFixed(3)),
            "cpu seconds": Number(median(times.map(({ cpu }) => cpu)).toFixed(3)),
            "windows/s": Math.round(model.windows / wall),
            "x PyTorch's best": rival ? Number(median(ratios).toFixed(2)) : "",
          },
        ];
      }),
    ),
  );
}

/** The best of all PyTorches on any number of threads, or null where there is none. */
async function fastestPyTorch(time) {
  let best = null;
  for (const contestant of contestants.filter(({ name }) => name.startsWith("PyTorch"))) {
    const times = [];
    for (let i = 0; i < 3; i++) times.push((await time(contestant)).wall);
    if (!best || median(times) < best.seconds) best = { contestant, seconds: median(times) };
  }
  return best?.contestant ?? null;
}

function nameOf({ name, threads }) {
  return `${name}, ${threads} thread${threads > 1 ? "s" : ""}`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
