/** Runs many cases at a time through fast-check, and says with which seed. */
import fc from "fast-check";

let tried = 0;
/** Cases that were tried in this process, those of a shrinking aside. */
export const casesTried = (): number => tried;

/**
 * @param attempt throws an Error where the product did what it must not.
 * @param together so many at once: a client that waits for each answer would leave the server idle.
 */
export async function fuzz<Case>(
  door: string,
  { cases, together }: { cases: number; together: number },
  arbitrary: fc.Arbitrary<Case>,
  attempt: (given: Case) => Promise<void>,
): Promise<void> {
  const seed = fc.readConfigureGlobal().seed ?? Date.now() | 0;
  const begun = performance.now();
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitrary, { minLength: together, maxLength: together, size: "max" }),
      async (some) => {
        await Promise.all(some.map(attempt));
        tried += some.length;
      },
    ),
    {
      seed,
      numRuns: Math.ceil(cases / together),
      interruptAfterTimeLimit: 100_000,
      markInterruptAsFailure: true,
    },
  );
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  process.stdout.write(`fuzz: ${cases} cases of ${door} in ${seconds} s, PROPERTY_SEED=${seed}\n`);
}

/** An Error that shows what was sent and what came. */
export const fault = (what: string, sent: unknown, came: unknown): Error =>
  new Error(`${what}\nsent: ${shown(sent)}\ncame: ${shown(came)}`);

const shown = (value: unknown): string =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? String(value))).slice(0, 4_000);
