/** Rows of many runs, by run, each group in the order of the rows. */
export function grouped<Row extends { runId: string }, T>(
  rows: readonly Row[],
  of: (row: Row) => T,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.runId);
    if (group) group.push(of(row));
    else groups.set(row.runId, [of(row)]);
  }
  return groups;
}
