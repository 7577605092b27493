/**
 * One run of the storm kills every worker that trains it, as one that eats all of a machine's memory would. It must
 * be given up, and nothing else with it.
 */

/**
 * @param doom which run, and how many epochs it lets each worker train (plan.mjs).
 * @param strike does a fault. @param onKill hears of each kill.
 * @returns what to call with each progress that a worker reports.
 */
export function doomed({ runName, epochsEach }, { strike, onKill }) {
  const claimedAt = new Map();
  const dying = new Set();
  let kills = 0;
  return async (worker, { runName: trained, status, epoch }) => {
    // The worker may train small runs beside it.
    if (trained !== runName) return;
    if (status !== "RUNNING") return void claimedAt.delete(worker);
    if (!claimedAt.has(worker)) claimedAt.set(worker, epoch);
    if (dying.has(worker) || epoch < claimedAt.get(worker) + epochsEach[kills % epochsEach.length]) return;
    kills++;
    dying.add(worker);
    onKill(worker, kills);
    const { recovery } = await strike({ kind: "kill worker", target: worker, forMs: 0 });
    await recovery;
    dying.delete(worker);
    claimedAt.delete(worker);
  };
}
