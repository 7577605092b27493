/**
 * Measures the live way: from the moment an event is stored to the moment a subscriber has it, with many sockets on
 * one API process; the memory of a socket; and how fast one worker process stores what it trained. Prints; asserts
 * only that nothing is lost. Usage: npm run bench:live [-- --sockets 1000,5000 --runs 1,50 --seconds 15],
 * or, without any sockets: npm run bench:live -- --only storing.
 *
 * Four processes, loopback only: the embedded PostgreSQL, the API, the subscribers (subscribers.mjs), and this one,
 * which stores the events as a worker does.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { openSite } from "./site.mjs";
import { measureStoring } from "./storing.mjs";
import { measureTelling } from "./telling.mjs";

const numbers = (text) => text.split(",").map(Number);
const { values } = parseArgs({
  options: {
    sockets: { type: "string", default: "1000,5000" },
    runs: { type: "string", default: "1,50" },
    seconds: { type: "string", default: "15" },
    only: { type: "string" },
  },
});
/** Of each run: an epoch every half second is a fast training. */
const eventsASecond = 2;

console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}, ${values.seconds} s each`);
let lost = 0;
const site = await openSite();
try {
  const told = [];
  for (const sockets of values.only === "storing" ? [] : numbers(values.sockets)) {
    for (const runs of numbers(values.runs)) {
      const result = await measureTelling(site, {
        sockets,
        runs,
        eventsASecond,
        seconds: Number(values.seconds),
      });
      told.push(result);
      lost += result.lost;
    }
  }
  if (told.length > 0) {
    console.log("\nstored to received, in milliseconds");
    console.table(told);
  }
  console.log("\nwhat one worker process stores");
  console.table(await measureStoring(site));
} finally {
  await site.close();
}
if (lost > 0) {
  console.error(`${lost} events were lost, repeated or out of order`);
  process.exitCode = 1;
}
