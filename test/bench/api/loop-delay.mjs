/** Loaded into the API's process: how long its event loop was held up since it was last asked, in ms, and its most memory. */
import { monitorEventLoopDelay } from "node:perf_hooks";

const resolutionMs = 1;
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
delay.enable();
process.on("message", (question) => {
  if (question !== "loop delay") return;
  // What is measured is from one timer to the next, the timer's own wait included.
  const longestMs = Math.max(delay.max / 1e6 - resolutionMs, 0);
  // Of all its life.
  const mostMegabytes = process.resourceUsage().maxRSS / 1024;
  process.send({ type: question, longestMs, mostMegabytes });
  delay.reset();
});
