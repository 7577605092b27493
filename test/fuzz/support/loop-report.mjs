/**
 * Loaded into a process under test (--import): tells its parent how long its event loop had no turn. The lesser of the
 * time on the wall and the processor's is counted: on a busy machine a process stands still through no fault of its own.
 */
const everyMs = 250;
let since = performance.now();
let processor = process.cpuUsage();
let longest = 0;

setInterval(() => {
  const { user, system } = process.cpuUsage(processor);
  longest = Math.max(longest, Math.min(performance.now() - since, (user + system) / 1_000));
  since = performance.now();
  processor = process.cpuUsage();
}, 10).unref();

setInterval(() => {
  if (process.connected)
    process.send({ type: "loop", busyMs: longest, rss: process.memoryUsage.rss() }, () => {});
  longest = 0;
}, everyMs).unref();
