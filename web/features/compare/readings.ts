/** What several lines say at one place of their axis: for the keyboard, the table and files. Pure. */
import type { ChartData } from "../../components/chart-frame/chart-data.ts";
import { listed } from "../../entities/run/listed.ts";
import { t } from "../../lib/words/t.ts";

export interface ReadLine {
  readonly name: string;
  readonly points: ReadonlyMap<number, number>;
}

export interface Readings {
  /** Ascending: epochs, or times in ms. */
  readonly places: readonly number[];
  readonly lines: readonly ReadLine[];
}

export function readingsOf(
  lines: readonly { readonly name: string; readonly data: readonly (readonly [x: number, y: number])[] }[],
): Readings {
  const read = lines.map(({ name, data }) => ({ name, points: new Map(data) }));
  const places = [...new Set(read.flatMap(({ points }) => [...points.keys()]))].toSorted((a, b) => a - b);
  return { places, lines: read };
}

/** "Epoch 12: slow 0.0123, middle 0.0119." A line that has nothing there is left out. */
export function readingInWords(
  { places, lines }: Readings,
  place: number,
  words: { readonly place: (at: number) => string; readonly value: (value: number) => string },
): string {
  const at = places[place];
  if (at === undefined) return t("There is nothing to read yet.");
  const said = lines.flatMap(({ name, points }) => {
    const value = points.get(at);
    return value === undefined ? [] : [t("{name} {value}", { name, value: words.value(value) })];
  });
  return t("{place}: {values}.", { place: words.place(at), values: listed(said) });
}

export const readingsData = (
  { places, lines }: Readings,
  first: string,
  {
    place,
    value,
  }: { readonly place: (at: number) => string | number; readonly value: (value: number) => number },
): ChartData => ({
  columns: [first, ...lines.map(({ name }) => name)],
  rows: places.map((at) => [
    place(at),
    ...lines.map(({ points }) => (points.has(at) ? value(points.get(at)!) : null)),
  ]),
});

/** Where a place lies on an axis from the first to the last of them, 0 to 1. */
export function acrossOf(places: readonly number[], place: number): number | null {
  const [first, at, last] = [places[0], places[place], places.at(-1)];
  if (first === undefined || at === undefined || last === undefined || first === last) return null;
  return (at - first) / (last - first);
}
