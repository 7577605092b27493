import { describe, expect, test } from "vitest";
import type { TrainingProgress } from "../../server/supervisor/messages.ts";
import { progressLine } from "../../server/supervisor/progress-line.ts";
import { createTerminal } from "../../server/supervisor/terminal.ts";

const progress = (changes: Partial<TrainingProgress> = {}): TrainingProgress => ({
  ...{ type: "progress", runName: "SPX close", status: "RUNNING", epoch: 25, epochs: 50 },
  ...{ trainLoss: 0.0012346, validationLoss: 0.002, etaMs: 42_000 },
  ...changes,
});

describe("the progress line", () => {
  test("has the epoch, both losses and the time left", () => {
    expect(progressLine(progress())).toBe(
      "SPX close: ██████████░░░░░░░░░░ epoch 25/50, loss 0.001235, validation 0.002000, 42 s left",
    );
  });

  test("leaves out what is not known yet", () => {
    const first = progress({ epoch: 0, trainLoss: null, validationLoss: null, etaMs: null });
    expect(progressLine(first)).toBe("SPX close: ░░░░░░░░░░░░░░░░░░░░ epoch 0/50");
  });

  test("says how the run ended instead of the time left", () => {
    expect(progressLine(progress({ epoch: 50, status: "SUCCEEDED" }))).toMatch(/, succeeded$/);
  });

  test.each([
    [900, "1 s left"],
    [61_000, "1 min 1 s left"],
    [3_661_000, "1 h 1 min left"],
  ])("tells %d ms as %s", (etaMs, text) => {
    expect(progressLine(progress({ etaMs }))).toContain(text);
  });

  test("never wraps", () => {
    expect(progressLine(progress({ runName: "a name that is long ".repeat(9) }), 80)).toHaveLength(80);
  });
});

describe("the terminal", () => {
  const givenTerminal = (isTTY: boolean) => {
    const written: string[] = [];
    const clock = { now: 0 };
    const output = { isTTY, columns: 200, write: (text: string) => written.push(text) };
    return { terminal: createTerminal(output, output, () => clock.now), written, clock };
  };
  const erase = "\r\u001b[2K";

  test.each([true, false])("obeys nothing in a run's name or a child's line (terminal: %s)", (isTTY) => {
    const { terminal, written } = givenTerminal(isTTY);
    const evil = 'x\u001b[31m\u001b]0;pwned\u0007\n{"level":60,"msg":"forged"}\u009b2J';
    terminal.progress(progress({ runName: evil }));
    terminal.log(`plain ${evil}`);
    terminal.log(JSON.stringify({ level: 40, time: 0, msg: "a run", runName: evil }));
    terminal.say(evil);
    const colours = new RegExp(`${"\u001b"}\\[\\d+m`, "g");
    const text = written.join("").replaceAll(erase, "");
    expect(isTTY ? text.replace(colours, "") : text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(written[0]!.trimEnd()).not.toContain("\n");
    expect(text).not.toContain("\u001b[31m\u001b");
  });

  test("shows no password of an address that a process or a library printed", () => {
    const { terminal, written } = givenTerminal(false);
    terminal.log("Error: cannot connect to postgres://user:se/cret@host/db");
    expect(written).toEqual(["Error: cannot connect to postgres://***@host/db\n"]);
  });

  test("updates the progress in place, with other lines above it", () => {
    const { terminal, written } = givenTerminal(true);
    const [first, second] = [progress(), progress({ epoch: 26 })];
    terminal.progress(first);
    terminal.progress(second);
    terminal.say("hello");
    expect(written).toEqual([
      erase + progressLine(first),
      erase + progressLine(second),
      erase,
      "hello\n",
      progressLine(second),
    ]);
  });

  test("leaves the last line of a run that has ended", () => {
    const { terminal, written } = givenTerminal(true);
    const last = progress({ epoch: 50, status: "SUCCEEDED" });
    terminal.progress(last);
    terminal.say("hello");
    expect(written).toEqual([`${erase}${progressLine(last)}\n`, "hello\n"]);
  });

  test("writes a line only now and then where it cannot be updated", () => {
    const { terminal, written, clock } = givenTerminal(false);
    for (const epoch of [1, 2, 3]) terminal.progress(progress({ epoch }));
    clock.now = 15_000;
    terminal.progress(progress({ epoch: 4 }));
    terminal.progress(progress({ epoch: 5 }));
    terminal.progress(progress({ epoch: 50, status: "SUCCEEDED" }));
    expect(written.map((line) => /epoch (\d+)/.exec(line)?.[1])).toEqual(["1", "4", "50"]);
  });

  test("turns a child's log line into one for people", () => {
    const { terminal, written } = givenTerminal(true);
    terminal.log('{"level":40,"time":0,"name":"worker","msg":"the queue is away"}');
    expect(written.join()).toMatch(/WARN.*the queue is away/);
    expect(written.join()).not.toContain('{"level"');
  });
});
