/** Loaded into the API's process: how long its event loop was held up since it was last asked, in ms. */
import { monitorEventLoopDelay } from "node:perf_hooks";

const resolutionMs = 1;
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
delay.enable();
process.on("message", (question) => {
  if (question !== "loop delay") return;
  // What is measured is from one timer to the next, the timer's own wait included.
  process.send({ type: question, longestMs: Math.max(delay.max / 1e6 - resolutionMs, 0) });
  delay.reset();
});
