/** The storm itself: keeps a few runs going, each with its followers, while the faults of the plan strike one by one. */
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { doomed } from "./doom.mjs";
import { followRun } from "./follower.mjs";
import { planDoom, planRun } from "./plan.mjs";

/** Runs under way at a time: two train, the others wait. */
const openRuns = 4;
/** After the last fault: longer than leases, restarts and the runs that still wait take together. */
const settleWithinMs = 180_000;

const startMutation = `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }`;
const cancelMutation = `mutation ($runId: ID!) { cancelTraining(runId: $runId) { run { status } } }`;
const finalStatuses = new Set(["SUCCEEDED", "FAILED", "CANCELLED"]);

/**
 * @param site `client`, `endpoints`, `strike(fault)`, and `watchWorkers(listener)`.
 * @param requestOf makes the input of startTraining of a planned run.
 * @returns the runs, with what became of each and what its followers were told; and when workers were killed.
 */
export async function raiseStorm({ seed, faults, site, requestOf, planning, say, complain, count }) {
  const runs = [];
  const workerKills = [];
  const ended = new Set();
  const abandon = new AbortController();
  setMaxListeners(0, abandon.signal); // every follower listens
  let isOver = false;

  const startRun = async (number) => {
    const plan = planRun(seed, number, planning);
    // The same key each time: an answer that is lost on the way must not start it twice.
    const input = { ...requestOf(plan), idempotencyKey: `chaos ${seed} ${number}` };
    const { startTraining } = await site.client.ask(startMutation, { input });
    const run = { id: startTraining.run.id, name: plan.name, plan, cancelled: null };
    runs.push(run);
    let cancelling = null;
    const onEvent = ({ status, epoch }) => {
      if (finalStatuses.has(status)) ended.add(run.id);
      if (plan.cancelAtEpoch === null || epoch?.epoch !== plan.cancelAtEpoch || cancelling) return;
      cancelling = site.client.ask(cancelMutation, { runId: run.id }).then(({ cancelTraining }) => {
        const { status } = cancelTraining.run;
        run.cancelled = { status, isFinal: finalStatuses.has(status) };
      });
    };
    run.told = plan.followers.map((follower) =>
      followRun({
        ...{ runId: run.id, plan: follower, endpoints: site.endpoints },
        ...{ complain, count, onEvent, abandoned: abandon.signal },
      }),
    );
    run.settled = Promise.all(run.told).then(async (told) => {
      run.told = told;
      await cancelling;
      return run;
    });
  };

  const keepRunning = async () => {
    for (let number = 1; !isOver; number++) {
      while (!isOver && runs.length - ended.size >= openRuns) await sleep(100);
      if (!isOver) await startRun(number);
    }
  };

  const onKill = (worker, times) => {
    workerKills.push(new Date());
    count("workers killed by the run that they trained");
    say(`${doom.runName} takes ${worker} with it, ${times} by now`);
  };
  const doom = planDoom(seed);
  site.watchWorkers(doomed(doom, { strike: site.strike, onKill }));
  const running = keepRunning();
  const recoveries = [];
  for (const [i, fault] of faults.entries()) {
    await sleep(fault.pauseMs);
    const { recovery } = await site.strike(fault);
    recoveries.push(recovery);
    if (fault.kind === "kill worker") workerKills.push(new Date());
    say(`fault ${i + 1} of ${faults.length}: ${fault.kind}, ${fault.target}, ${fault.forMs} ms`);
  }
  isOver = true;
  await Promise.all([running, ...recoveries]);
  say(`the storm is over: ${runs.length} runs, ${runs.length - ended.size} still under way`);

  const tooLate = setTimeout(() => {
    const open = runs.filter(({ id }) => !ended.has(id)).map(({ name }) => name);
    complain(
      `${settleWithinMs / 1000} s after the last fault these had not ended: ${open.join(", ") || "followers"}`,
    );
    abandon.abort();
  }, settleWithinMs);
  await Promise.all(runs.map(({ settled }) => settled));
  clearTimeout(tooLate);
  return { runs, workerKills };
}
