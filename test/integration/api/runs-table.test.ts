/** Through the API: runs are found, sorted, shown, named, tagged, archived and pinned, and what is wrong is told by name. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestProduct, type TestProduct } from "../../support/test-product.ts";

let product: TestProduct;
const ids: string[] = [];
beforeAll(async () => {
  product = await startTestProduct();
  for (const seed of [1, 2]) {
    const { data } = await product.api.ask(
      "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
      {
        input: {
          ...{
            priceSeriesId: product.seriesId,
            seed,
            name: `seed ${seed}`,
            window: 8,
            layers: [{ units: 6 }],
          },
          ...{ epochs: 3, batchSize: 64, testBars: 20, validationBars: 20 },
        },
      },
    );
    ids.push((data as { startTraining: { run: { id: string } } }).startTraining.run.id);
  }
  for (const id of ids) await product.backend.eventsOf(id);
});
afterAll(() => product.close());
const ask = (query: string, variables: object = {}) => product.api.ask(query, { ...variables });

test("the columns that are told can each be sorted and filtered by, and shown", async () => {
  const { data } = await ask("{ runColumns { name kind label group choices { value label } } runTags }");
  const { runColumns } = data as { runColumns: { name: string }[] };
  expect(runColumns).toContainEqual(
    expect.objectContaining({
      name: "learningRate",
      kind: "NUMBER",
      label: "Learning rate",
      group: "TRAINING",
    }),
  );
  const names = runColumns.map(({ name }) => name).slice(0, 40);
  const { data: page, errors } = await ask(
    `query ($columns: [String!]!) {
      runs(sort: { by: "skill" }, filter: { expression: "seed in (1, 2) and status = succeeded", archived: false }) {
        totalCount edges { node { name lossCurve(maxPoints: 2) cells(columns: $columns) { column number text } } }
      }
    }`,
    { columns: names },
  );
  expect(errors).toEqual([]);
  const { runs } = page as {
    runs: {
      totalCount: number;
      edges: { node: { lossCurve: number[]; cells: { column: string; number: number | null }[] } }[];
    };
  };
  expect(runs.totalCount).toBe(2);
  const skills = runs.edges.map(({ node }) => node.cells.find(({ column }) => column === "skill")!.number!);
  expect(skills[0]).toBeGreaterThanOrEqual(skills[1]!);
  expect(runs.edges[0]!.node.lossCurve).toHaveLength(2);
  expect(runs.edges[0]!.node.cells.map(({ column }) => column)).toEqual(names);
});

test("what is wrong with an expression, an order or a column is told with its argument", async () => {
  const wrong = async (runs: string) => {
    const { errors } = await ask(
      `{ runs${runs} { totalCount edges { node { id cells(columns: ["nothing"]) { column } } } } }`,
    );
    const [error] = errors as { message: string; extensions: { code: string; field: string } }[];
    return [error!.extensions.code, error!.extensions.field, error!.message];
  };
  expect(await wrong('(filter: { expression: "lr <" })')).toEqual([
    ...["BAD_USER_INPUT", "filter.expression"],
    "filter.expression, character 5: expected a value of lr, got the end",
  ]);
  expect((await wrong('(sort: { by: "nothing" })')).slice(0, 2)).toEqual(["BAD_USER_INPUT", "sort.by"]);
  expect((await wrong("")).slice(0, 2)).toEqual(["BAD_USER_INPUT", "columns.0"]);
});

test("a run is named, tagged, annotated, archived and pinned, and its followers hear of it", async () => {
  const [id, other] = ids;
  const { data, errors } = await ask(
    `mutation ($id: ID!) {
      updateRuns(ids: [$id, "no id"], input: { name: " new ", addTags: ["paper"], note: "why", archived: true }) {
        runs { id name tags note archived isBaseline }
      }
      pinBaseline(runId: $id) { run { id isBaseline } }
    }`,
    { id },
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    updateRuns: {
      runs: [{ id, name: "new", tags: ["paper"], note: "why", archived: true, isBaseline: false }],
    },
    pinBaseline: { run: { id, isBaseline: true } },
  });
  const list = await ask(
    `query ($id: ID!) {
      priceSeries(id: $id) { baselineRun { name } }
      archived: runs(filter: { archived: true }) { edges { node { id } } }
      tagged: runs(filter: { tag: "PAPER" }) { totalCount }
      runTags
    }`,
    { id: product.seriesId },
  );
  expect(list.data).toEqual({
    priceSeries: { baselineRun: { name: "new" } },
    archived: { edges: [{ node: { id } }] },
    tagged: { totalCount: 1 },
    runTags: ["paper"],
  });
  const cells = await ask(
    `query ($id: ID!) { run(id: $id) { cells(columns: ["vsBaseline", "HAR.mae"]) { column number } } }`,
    { id: other },
  );
  expect(cells.data).toMatchObject({
    run: { cells: [{ column: "vsBaseline", number: expect.any(Number) }, {}] },
  });
  const unpinned = await ask(
    "mutation ($id: ID!) { unpinBaseline(priceSeriesId: $id) { priceSeries { baselineRun { id } } } }",
    { id: product.seriesId },
  );
  expect(unpinned.data).toEqual({ unpinBaseline: { priceSeries: { baselineRun: null } } });
  const nobody = await ask(
    'mutation { pinBaseline(runId: "00000000-0000-7000-8000-000000000000") { run { id } } }',
  );
  expect(nobody.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});
