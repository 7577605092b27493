/** The thread behind watchLoop. Counts its own ticks instead of the clock, because the clock goes on while the machine sleeps. */
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { noteBytes, stillForSeconds } from "./loop-watch.ts";

const { memory, name } = workerData as { memory: SharedArrayBuffer; name: string };
const numbers = new Int32Array(memory, 0, 2);
const never = new Int32Array(new SharedArrayBuffer(4));

let beats = -1;
for (let still = 0; still < stillForSeconds; ) {
  Atomics.wait(never, 0, 0, 1_000);
  const now = Atomics.load(numbers, 0);
  still = now === beats ? still + 1 : 0;
  beats = now;
}
const note = new TextDecoder().decode(
  new Uint8Array(memory, 8, noteBytes).slice(0, Atomics.load(numbers, 1)),
);
const line = {
  level: 60,
  time: Date.now(),
  pid: process.pid,
  name,
  doing: note || undefined,
  msg: `nothing was answered for ${stillForSeconds} s: this process is ended, to be started again`,
};
try {
  writeSync(2, `${JSON.stringify(line)}\n`);
} finally {
  process.kill(process.pid, "SIGKILL");
}
