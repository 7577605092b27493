/** Judges a run after the storm: whether it ended as it should, whether all were told all of it, and of the same bits. */
import { isDeepStrictEqual } from "node:util";

/** As the server has it: a run that took so many workers with it is given up. */
const mostLostAttempts = 3;

/**
 * @param run what the storm knows: its plan, `cancelled` (what the API answered), `told` by each follower.
 * @param record what the database holds (record.mjs).
 * @param undisturbed the outcome of its model without a storm.
 * @param workerKills how many workers were killed from its start to its end.
 * @returns what is wrong, in sentences; none if all is well.
 */
export function judge({ run, record, undisturbed, workerKills }) {
  const { events, outcome } = record;
  if (!record.run) return [`${run.name} is gone from the database`];
  const wrong = [
    ...wrongStatus(run, record.run, workerKills),
    ...wrongEvents(events, record.run),
    ...run.told.flatMap((told, i) => wrongTale(told, events, run.plan.followers[i].kind)),
  ];
  if (record.run.status === "SUCCEEDED")
    for (const part of Object.keys(undisturbed))
      if (!isDeepStrictEqual(outcome[part], undisturbed[part]))
        wrong.push(`its ${part} are not those of the undisturbed run`);
  return wrong.map((sentence) => `${run.name} (${run.id}): ${sentence}`);
}

function wrongStatus({ cancelled, plan }, { status, epoch, epochs, errorCode, lostAttempts }, workerKills) {
  if (status === "FAILED") {
    if (errorCode !== "WORKER_LOST") return [`it FAILED with ${errorCode}`];
    if (lostAttempts < mostLostAttempts || workerKills < mostLostAttempts)
      return [
        `it was given up after ${lostAttempts} lost workers, and the storm killed ${workerKills} meanwhile`,
      ];
    return [];
  }
  if (plan.takesWorkers) return [`it took every worker with it and should be FAILED, and is ${status}`];
  if (cancelled) {
    const expected = cancelled.isFinal ? cancelled.status : "CANCELLED";
    return status === expected ? [] : [`it should be ${expected} and is ${status}`];
  }
  if (status !== "SUCCEEDED") return [`it should be SUCCEEDED and is ${status}`];
  return epoch === epochs ? [] : [`it SUCCEEDED after ${epoch} of ${epochs} epochs`];
}

/** The journal itself: numbers without a gap, each epoch once and in order, one end. */
function wrongEvents(events, { lastSequence, epoch, status }) {
  const wrong = [];
  const sequences = events.map(({ sequence }) => sequence);
  if (!isDeepStrictEqual(sequences, upTo(lastSequence))) wrong.push(`its events are numbered ${sequences}`);
  const epochs = events.filter(({ kind }) => kind === "epoch").map(({ body }) => body.epoch.epoch);
  if (!isDeepStrictEqual(epochs, upTo(epoch))) wrong.push(`its events tell of the epochs ${epochs}`);
  const last = events.at(-1);
  if (last?.kind !== "status" || last.body.status !== status)
    wrong.push(`its last event is ${JSON.stringify(last?.body)} and its status ${status}`);
  return wrong;
}

/** What a follower was told: each stored event once, in order. */
function wrongTale(told, events, kind) {
  const wrong = [];
  if (!isDeepStrictEqual(told.sequences, upTo(events.length)))
    wrong.push(`its ${kind} follower was told ${told.sequences} of ${events.length}`);
  const statuses = events.filter((event) => event.kind === "status").map(({ body }) => body.status);
  if (!isDeepStrictEqual(told.statuses, statuses)) wrong.push(`its ${kind} follower was told other statuses`);
  const epochs = events.filter((event) => event.kind === "epoch").map(({ body }) => body.epoch);
  const lossesOf = ({ epoch, trainLoss, validationLoss }) => [epoch, trainLoss, validationLoss];
  if (!isDeepStrictEqual(told.epochs.map(lossesOf), epochs.map(lossesOf)))
    wrong.push(`its ${kind} follower was told other losses`);
  return wrong;
}

const upTo = (last) => Array.from({ length: last }, (_, i) => i + 1);
