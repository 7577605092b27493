/** Asks again where the server has too much to do just now and says when to come back, instead of showing that to a person. */
import type { Clock } from "./live/connection.ts";

interface Answer {
  readonly error?: {
    readonly graphQLErrors: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
  };
}

/** Three imports of a large file take their turn within this time. */
const patienceMs = 60_000;

/** The first answer that is none of "come back later", or the last one when patience ends. @param isWanted stops asking. */
export async function whenFree<A extends Answer>(
  ask: () => PromiseLike<A>,
  isWanted: () => boolean,
  clock: Pick<Clock, "now" | "after">,
): Promise<A> {
  const until = clock.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    const waitMs = retryAfterMs(answer);
    if (waitMs === null || !isWanted() || clock.now() + waitMs > until) return answer;
    await new Promise<void>((resolve) => clock.after(waitMs, resolve));
    if (!isWanted()) return answer;
  }
}

function retryAfterMs({ error }: Answer): number | null {
  const told = error?.graphQLErrors.map(({ extensions }) => extensions?.retryAfterMs);
  return told?.find((value) => typeof value === "number") ?? null;
}
