/** The pages of an installation, with the addresses of what lies in it. */

const question = `{
  runs(first: 10) { edges { node { id status experiment { id } priceSeries { id } config { target } } } }
  allPriceSeries(first: 1) { edges { node { id } } }
}`;

export async function pagesOf(url) {
  const { runs, allPriceSeries } = await ask(url, question);
  const finished = runs.edges.map(({ node }) => node).filter(({ status }) => status === "SUCCEEDED");
  const price = finished.find(({ config }) => config.target === "CLOSE") ?? finished[0];
  const other = finished.find(({ id }) => id !== price.id);
  const grouped = finished.find(({ experiment }) => experiment);
  const series = allPriceSeries.edges[0]?.node;
  return [
    { name: "now", path: "/" },
    { name: "wall", path: "/?wall=1" },
    { name: "runs", path: "/runs" },
    price && { name: "run", path: `/runs/${price.id}` },
    other && { name: "run-other", path: `/runs/${other.id}` },
    price && { name: "run-menu", path: `/runs/${price.id}`, prepare: openMore },
    other && { name: "compare", path: `/compare?runs=${finished.map(({ id }) => id).slice(0, 4)}` },
    { name: "compare-none", path: "/compare" },
    grouped && { name: "experiment", path: `/experiments/${grouped.experiment.id}` },
    { name: "series", path: "/series" },
    series && { name: "one-series", path: `/series/${series.id}` },
    { name: "new-run", path: "/runs/new" },
    { name: "system", path: "/system" },
    {
      name: "bell",
      path: "/system",
      prepare: (page) => page.getByRole("button", { name: /^What happened/ }).click(),
    },
    { name: "not-found", path: "/nowhere" },
    { name: "unknown-run", path: "/runs/01920000-0000-7000-8000-000000000000" },
  ].filter(Boolean);
}

const openMore = (page) =>
  page
    .locator("main button[popovertarget], main summary")
    .first()
    .click({ timeout: 5_000 })
    .catch(() => {});

async function ask(url, query) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`the API answered with errors: ${JSON.stringify(errors)}`);
  return data;
}
