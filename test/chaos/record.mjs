/** What the database holds of a run, down to the last bit: read past the API, so that nothing can flatter it. */
import { createHash } from "node:crypto";
import { decodeCheckpoint } from "../../dist/server/forecasting/checkpoint.js";

/**
 * @param database a connected pg client.
 * @returns its row, its events, and `outcome`: all that training gave it, without what a clock measured.
 */
export async function readRecord(database, runId) {
  const rows = async (sql) => (await database.query(sql, [runId])).rows;
  const [run] = await rows(
    `SELECT status, epoch, attempts, lost_attempts AS "lostAttempts", last_sequence AS "lastSequence", engine,
            error_code AS "errorCode", best_epoch AS "bestEpoch", started_at AS "startedAt",
            finished_at AS "finishedAt", (config->>'epochs')::int AS epochs
     FROM run WHERE id = $1`,
  );
  const events = await rows("SELECT sequence, kind, body FROM run_event WHERE run_id = $1 ORDER BY sequence");
  // As text, a float8 is told to its last bit.
  const epochs = await rows(
    `SELECT epoch, train_loss::text AS "trainLoss", validation_loss::text AS "validationLoss"
     FROM run_epoch WHERE run_id = $1 ORDER BY epoch`,
  );
  const scores = await rows(
    `SELECT split, fold, step, forecaster, count, mae::text, rmse::text, mape::text, mase::text,
            directional_accuracy::text AS "directionalAccuracy", skill::text
     FROM run_score WHERE run_id = $1 ORDER BY split, fold, step, forecaster`,
  );
  const predictions = await rows(
    `SELECT split, fold, step, forecaster,
            md5(time::text || actual::text || predicted::text || lower::text || upper::text) AS hash
     FROM run_prediction JOIN run_target USING (run_id, split, fold, step)
     WHERE run_id = $1 ORDER BY split, fold, step, forecaster`,
  );
  const checkpoints = await rows(
    "SELECT slot, epoch, state FROM run_checkpoint WHERE run_id = $1 ORDER BY slot",
  );
  const weights = checkpoints.map(({ slot, epoch, state }) => ({
    slot,
    epoch,
    hash: hashOf(decodeCheckpoint(state)),
  }));
  return { run, events, outcome: { epochs, bestEpoch: run?.bestEpoch, scores, predictions, weights } };
}

/** Of all that goes on from a checkpoint: weights, both moments, the optimizer's step, and the best epoch's weights. */
function hashOf({ state, best }) {
  const hash = createHash("sha256").update(`${state.step} ${best?.epoch} ${best?.validationLoss}`);
  for (const array of [
    state.weights,
    state.firstMoment,
    state.secondMoment,
    best?.weights ?? new Float32Array(),
  ])
    hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.digest("hex");
}
