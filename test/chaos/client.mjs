/** A program that uses the API and bears with it: asks, waits for an answer, and asks again elsewhere when there is none. */
import { setTimeout as sleep } from "node:timers/promises";

/** Longer than anything may take: an answer that is not there by then never comes. */
const hangsAfterMs = 30_000;
const pauseMs = 300;

/** Answers of the server that mean "not now", as against "never". */
const isPassing = (error) => ["INTERNAL_SERVER_ERROR", "UNAVAILABLE"].includes(error.extensions?.code);

/**
 * @param endpoints of the APIs, any of which will do.
 * @param complain hears of requests that hang and of answers that must not come.
 * @param count hears of every try that failed and may be repeated.
 */
export function createApiClient({ endpoints, complain, count }) {
  const tryOnce = async (endpoint, query, variables) => {
    const since = performance.now();
    try {
      const response = await fetch(endpoint, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(hangsAfterMs),
      });
      const { data, errors } = await response.json();
      if (!errors) return { data };
      return errors.every(isPassing) ? { passing: errors[0] } : { refused: errors };
    } catch (error) {
      if (error.name === "TimeoutError")
        complain(`a request hung for ${Math.round(performance.now() - since)} ms: ${query.trim()}`);
      return { passing: error };
    }
  };

  return {
    /** @param query one that may be repeated: a query, or a mutation that bears it. @returns the data. */
    async ask(query, variables = {}) {
      for (let tries = 0; ; tries++) {
        const { data, refused } = await tryOnce(endpoints[tries % endpoints.length], query, variables);
        if (data) return data;
        if (refused) throw new Error(`refused: ${JSON.stringify(refused)} to ${query}`);
        count("requests repeated");
        await sleep(pauseMs);
      }
    },
  };
}
