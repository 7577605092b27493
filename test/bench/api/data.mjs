/** What is asked for: series of minutes, the same as CSV, and runs with epochs and predictions. */
const minuteMs = 60_000;
const start = Date.UTC(2000, 0, 3);

/** A walk in cents, always the same, from bar `from` on. */
export function minutes(count, from = 0) {
  let state = 7 + from;
  let price = 10_000;
  const columns = ["time", "open", "high", "low", "close", "adjustedClose", "volume"];
  const table = Object.fromEntries(columns.map((column) => [column, new Float64Array(count)]));
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  for (let bar = 0; bar < count; bar++) {
    const open = price;
    price = Math.max(1_000, price + Math.round(40 * (random() - 0.5)));
    table.time[bar] = start + (from + bar) * minuteMs;
    table.open[bar] = open / 100;
    table.close[bar] = price / 100;
    table.high[bar] = (Math.max(open, price) + Math.floor(10 * random())) / 100;
    table.low[bar] = (Math.min(open, price) - Math.floor(10 * random())) / 100;
    table.adjustedClose[bar] = Number.NaN;
    table.volume[bar] = Math.floor(10_000 * random());
  }
  return table;
}

export function csvOf({ time, open, high, low, close, volume }) {
  const lines = Array.from(time, (at, bar) => {
    const text = new Date(at).toISOString().slice(0, 16).replace("T", " ");
    return `${text},${open[bar]},${high[bar]},${low[bar]},${close[bar]},${volume[bar]}`;
  });
  return `Date,Open,High,Low,Close,Volume\n${lines.join("\n")}\n`;
}

/** The same rows as COPY takes them, in pieces. */
export function* copyText({ time, open, high, low, close, volume }) {
  const rowsAPiece = 5_000;
  for (let from = 0; from < time.length; from += rowsAPiece) {
    let text = "";
    for (let bar = from; bar < Math.min(time.length, from + rowsAPiece); bar++)
      text += `${new Date(time[bar]).toISOString()}\t${open[bar]}\t${high[bar]}\t${low[bar]}\t${close[bar]}\t\\N\t${volume[bar]}\n`;
    yield text;
  }
}

/** A run with epochs and a result, as a worker leaves it. */
export async function finishedRun(site, number) {
  const { transaction, runs, journal } = site.ports;
  const { id } = await site.createRun(`run ${number}`);
  const epochs = Array.from({ length: 50 }, (_, index) => ({
    ...{ epoch: index + 1, trainLoss: 1 / (index + 1), validationLoss: 1.1 / (index + 1) },
    ...{ durationMs: 100, samplesPerSecond: 1000 },
  }));
  const scores = {
    ...{ count: 20, mae: 1, rmse: 2, mape: null, mase: 1, directionalAccuracy: 0.5, skill: 0.1 },
    ...{
      smape: null,
      rmsse: null,
      r2: null,
      qlike: null,
      shareOfUps: null,
      directionPValue: null,
      confidenceSetPValue: null,
    },
    ...{ fold: 0, name: null, dieboldMariano: null },
  };
  const splits = ["TRAIN", "VALIDATION", "TEST"];
  await transaction(async (tx) => {
    await runs.setStatus(tx, id, "RUNNING", { engine: "WASM", device: "a bench", startedAt: new Date() });
    await runs.recordEpochs(tx, id, epochs);
    const rows = splits.flatMap((split) =>
      ["GRU", "LAST_VALUE"].flatMap((forecaster) =>
        [null, 1].map((step) => ({ ...scores, split, forecaster, step })),
      ),
    );
    await runs.recordScores(tx, id, rows);
    await journal.append(tx, id, { kind: "status", status: "SUCCEEDED", message: null });
    await runs.setStatus(tx, id, "SUCCEEDED", { bestEpoch: 40, epoch: 50, finishedAt: new Date() });
  });
  return id;
}
