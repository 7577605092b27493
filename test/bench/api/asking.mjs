/** Asks the API over HTTP as a client does, again and again: how long an answer takes, and how long the process was held up. */

export async function ask(url, query, variables = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors).slice(0, 500));
  return data;
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
const rounded = (value) => Number(value.toFixed(1));

/** Then the code is compiled, and the dashboard has ended its own start in the same process. */
const warmUps = 15;

/**
 * @param query called with the number of the try.
 * @param before what each try needs and is not timed.
 */
export async function timed(api, what, times, query, before = async () => {}) {
  process.stderr.write(`${what}\n`);
  for (let warm = 0; warm < warmUps; warm++) {
    await before();
    await query(warm);
  }
  await api.ask("loop delay");
  const took = [];
  for (let attempt = 0; attempt < times; attempt++) {
    await before();
    const from = performance.now();
    await query(attempt);
    took.push(performance.now() - from);
  }
  const { longestMs } = await api.ask("loop delay");
  took.sort((a, b) => a - b);
  const [median, p95] = [quantile(took, 0.5), quantile(took, 0.95)].map(rounded);
  return { what, times, "median ms": median, "p95 ms": p95, "loop held up ms": rounded(longestMs) };
}
