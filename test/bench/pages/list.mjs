/** The table of 5,000 runs, scrolled with the wheel from its first row to its last. */
import { randomUUID } from "node:crypto";
import { openWatched, rhythm } from "./watched-page.mjs";

const count = 5_000;
const batch = 250;
const turnPixels = 600;
const patienceMs = 90_000;

export async function scrollList(browser, url, site, { short }) {
  await copyRun(site.ports.database.pool, short);
  const { page, told, close } = await openWatched(browser);
  await page.goto(`${url}/runs`, { waitUntil: "load" });
  await page.locator("tr[data-run]").first().waitFor();
  const rowsAt = (await told()).frames.at(-1);
  await page.mouse.move(640, 500);
  const last = page.locator(`tr[aria-rowindex="${count}"]`);
  const begun = Date.now();
  while ((await last.count()) === 0 && Date.now() - begun < patienceMs) {
    await page.mouse.wheel(0, turnPixels);
    await page.waitForTimeout(16);
  }
  const isThere = (await last.count()) > 0;
  const { frames } = await told();
  const drawnRows = await page.locator("tr[data-run]").count();
  await close();
  return [
    {
      ...{
        firstRowsMs: Math.round(rowsAt),
        reachedLast: isThere,
        seconds: (Date.now() - begun) / 1000,
        drawnRows,
      },
      ...rhythm(frames, rowsAt),
    },
  ];
}

/** A finished run with its epochs and scores, 5,000 times. */
async function copyRun(pool, id) {
  for (let first = 1; first <= count; first += batch) {
    const numbers = Array.from({ length: batch }, (_, i) => first + i);
    const copies = [numbers.map(() => randomUUID()), numbers];
    const changed = {
      ...{ id: "new_id", name: "'copy ' || number", idempotency_key: "NULL" },
      created_at: "now() - number * interval '1 minute'",
    };
    await copyRows(pool, { table: "run", key: "id", id, copies, changed });
    for (const table of ["run_epoch", "run_score"])
      await copyRows(pool, { table, key: "run_id", id, copies, changed: { run_id: "new_id" } });
  }
}

async function copyRows(pool, { table, key, id, copies, changed }) {
  const { rows } = await pool.query(
    "SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER'",
    [table],
  );
  const names = rows.map(({ column_name }) => `"${column_name}"`);
  const values = rows.map(({ column_name }) => changed[column_name] ?? `"${column_name}"`);
  await pool.query(
    `INSERT INTO "${table}" (${names}) SELECT ${values}
     FROM "${table}", unnest($2::uuid[], $3::int[]) AS copies (new_id, number) WHERE "${key}" = $1`,
    [id, ...copies],
  );
}
