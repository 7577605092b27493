/** The epochs of a long run, thinned for whoever opens it: on the server, and again in a page that goes on watching. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Epoch } from "../../server/domain/run.ts";
import { thinEpochs as thinOnServer } from "../../server/domain/thin-epochs.ts";
import { thinEpochs as thinInPage } from "../../web/entities/run-history/thin-epochs.ts";

const loss = fc.double({ min: 0, max: 10, noNaN: true });
const run = fc.array(fc.tuple(loss, fc.option(loss)), { minLength: 1, maxLength: 600 }).map((losses) =>
  losses.map(
    ([trainLoss, validationLoss], i): Epoch => ({
      epoch: i + 1,
      trainLoss,
      validationLoss,
      durationMs: 1,
      samplesPerSecond: 1,
    }),
  ),
);
const room = fc.integer({ min: 12, max: 300 });

const extremes = (epochs: readonly Epoch[]) =>
  (["trainLoss", "validationLoss"] as const).map((name) => {
    const known = epochs.flatMap((epoch) => epoch[name] ?? []);
    return [Math.min(...known), Math.max(...known)];
  });

describe.each([
  ["on the server", thinOnServer],
  ["in the page", thinInPage],
])("a run thinned %s", (_where, thinEpochs) => {
  test("has no more points than asked for, each a real epoch in its order, and no extreme is lost", () => {
    fc.assert(
      fc.property(run, room, (epochs, most) => {
        const thinned = thinEpochs(epochs, most);
        expect(thinned.length).toBeLessThanOrEqual(most);
        expect(epochs.filter((epoch) => thinned.includes(epoch))).toEqual(thinned);
        expect([thinned[0], thinned.at(-1)]).toEqual([epochs[0], epochs.at(-1)]);
        expect(extremes(thinned)).toEqual(extremes(epochs));
        if (epochs.length <= most) expect(thinned).toBe(epochs);
      }),
    );
  });

  test("of 10,000 epochs keeps enough to draw", () => {
    const epochs = Array.from({ length: 10_000 }, (_, i) => ({
      epoch: i + 1,
      trainLoss: Math.sin(i * i),
      validationLoss: Math.cos(i * i),
      durationMs: 1,
      samplesPerSecond: 1,
    }));
    expect(thinEpochs(epochs, 1000).length).toBeGreaterThan(500);
  });
});

test("a run that is thinned again and again while it goes on still has its extremes", () => {
  fc.assert(
    fc.property(run, (epochs) => {
      let kept: readonly Epoch[] = [];
      for (const epoch of epochs) {
        kept = [...kept, epoch];
        if (kept.length > 60) kept = thinInPage(kept, 30);
      }
      expect(kept.length).toBeLessThanOrEqual(60);
      expect(extremes(kept)).toEqual(extremes(epochs));
    }),
  );
});
