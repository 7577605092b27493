/** A chart that stands on a canvas, as an SVG for papers and slides: the same numbers drawn anew, sharp at any size. Pure. */

export interface SvgLine {
  readonly name: string;
  readonly colour: string;
  readonly width?: number;
  readonly dash?: string;
  /** One a place; null: none there. */
  readonly values: readonly (number | null)[];
}
export interface SvgBand {
  readonly colour: string;
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}
/** One a place. */
export interface SvgCandles {
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  readonly up: string;
  readonly down: string;
}
export interface SvgPane {
  /** Of the drawing's height, with the others' 1 in all. */
  readonly share: number;
  readonly lines: readonly SvgLine[];
  readonly bands?: readonly SvgBand[];
  readonly candles?: SvgCandles | null;
  /** What a value is called on the axis. */
  readonly mark: (value: number) => string;
}
export interface SvgPlot {
  readonly title: string;
  /** Places from left to right. */
  readonly count: number;
  /** What a place is called on the axis. */
  readonly label: (place: number) => string;
  readonly panes: readonly SvgPane[];
  readonly colours: { readonly ink: string; readonly grid: string; readonly surface: string };
  readonly font: string;
}

const [width, height] = [1200, 640];
const inner = { left: 16, right: 110, top: 56, bottom: 36 };
const plotWidth = width - inner.left - inner.right;
const plotHeight = height - inner.top - inner.bottom;
const paneGap = 18;
const [marksAcross, marksUp] = [6, 4];

export function svgPlot({ title, count, label, panes, colours, font }: SvgPlot): string {
  const x = (place: number) => inner.left + (count > 1 ? place / (count - 1) : 0.5) * plotWidth;
  let top = inner.top;
  const drawn = panes.map((pane) => {
    const paneHeight = pane.share * (plotHeight - paneGap * (panes.length - 1));
    const text = paneText(pane, { top, height: paneHeight, x, count, grid: colours.grid });
    top += paneHeight + paneGap;
    return text;
  });
  const places = [...new Set(evenly(0, Math.max(0, count - 1), marksAcross).map(Math.round))];
  const across = places.map((place, at) => {
    const anchor = at === 0 ? "start" : at === places.length - 1 ? "end" : "middle";
    return `<text x="${fixed(x(place))}" y="${height - 12}" text-anchor="${anchor}">${escaped(label(place))}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${escaped(font)}" font-size="13" fill="${colours.ink}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colours.surface}"/>`,
    `<text x="${inner.left}" y="24" font-size="16" font-weight="600">${escaped(title)}</text>`,
    ...keyText(panes[0]?.lines ?? []),
    ...drawn,
    ...(count > 0 ? across : []),
    "</svg>",
  ].join("\n");
}

function keyText(lines: readonly SvgLine[]): string[] {
  const room = plotWidth / Math.max(1, lines.length);
  return lines.map((line, at) => {
    const left = inner.left + at * Math.min(room, 240);
    return `<path d="M${left} 42h26" ${strokeOf(line)}/><text x="${left + 32}" y="46">${escaped(line.name)}</text>`;
  });
}

interface Place {
  readonly top: number;
  readonly height: number;
  readonly x: (place: number) => number;
  readonly count: number;
  readonly grid: string;
}

function paneText(pane: SvgPane, { top, height: paneHeight, x, count, grid }: Place): string {
  const { lines, bands = [], candles, mark } = pane;
  const values = [
    ...lines.flatMap((line) => line.values),
    ...bands.flatMap(({ lower, upper }) => [...lower, ...upper]),
    ...(candles ? [...candles.low, ...candles.high] : []),
  ].filter((value) => value !== null && Number.isFinite(value)) as number[];
  if (values.length === 0) return "";
  const lowest = values.reduce((least, value) => Math.min(least, value));
  const highest = values.reduce((most, value) => Math.max(most, value));
  const span = highest - lowest || Math.abs(highest) || 1;
  const y = (value: number) =>
    highest === lowest ? top + paneHeight / 2 : top + paneHeight - ((value - lowest) / span) * paneHeight;
  const marks = evenly(lowest, highest, highest === lowest ? 1 : marksUp).map(
    (value) =>
      `<path d="M${inner.left} ${fixed(y(value))}h${plotWidth}" stroke="${grid}"/><text x="${width - inner.right + 8}" y="${fixed(y(value) + 4)}">${escaped(mark(value))}</text>`,
  );
  return [
    ...marks,
    ...bands.map((band) => bandText(band, x, y)),
    ...(candles ? [candlesText(candles, x, y, (plotWidth / Math.max(1, count)) * 0.7)] : []),
    ...lines.map((line) => `<path d="${pathOf(line.values, x, y)}" fill="none" ${strokeOf(line)}/>`),
  ].join("\n");
}

type Scale = (value: number) => number;

function pathOf(values: readonly (number | null)[], x: Scale, y: Scale): string {
  let isJoined = false;
  return values
    .map((value, place) => {
      if (value === null || !Number.isFinite(value)) {
        isJoined = false;
        return "";
      }
      const step = `${isJoined ? "L" : "M"}${fixed(x(place))} ${fixed(y(value))}`;
      isJoined = true;
      return step;
    })
    .join("");
}

function bandText({ colour, lower, upper }: SvgBand, x: Scale, y: Scale): string {
  const known = lower.flatMap((low, place) => {
    const high = upper[place] ?? null;
    return low === null || high === null ? [] : [{ place, low, high }];
  });
  if (known.length < 2) return "";
  const there = known.map(({ place, high }) => `${fixed(x(place))} ${fixed(y(high))}`);
  const back = known.toReversed().map(({ place, low }) => `${fixed(x(place))} ${fixed(y(low))}`);
  return `<path d="M${[...there, ...back].join("L")}Z" fill="${colour}" opacity="0.35"/>`;
}

/** Hollow where the price rose and filled where it fell, as on the page. */
function candlesText({ open, high, low, close, up, down }: SvgCandles, x: Scale, y: Scale, body: number) {
  return open
    .map((first, place) => {
      const last = close[place]!;
      const colour = last >= first ? up : down;
      const [upper, under] = [y(Math.max(first, last)), y(Math.min(first, last))];
      const middle = fixed(x(place));
      return (
        `<path d="M${middle} ${fixed(y(high[place]!))}V${fixed(upper)}M${middle} ${fixed(under)}V${fixed(y(low[place]!))}" stroke="${colour}"/>` +
        `<rect x="${fixed(x(place) - body / 2)}" y="${fixed(upper)}" width="${fixed(body)}" height="${fixed(Math.max(1, under - upper))}" stroke="${colour}" fill="${last >= first ? "none" : colour}"/>`
      );
    })
    .join("\n");
}

const strokeOf = ({ colour, width: stroke = 2, dash }: SvgLine): string =>
  `stroke="${colour}" stroke-width="${stroke}" stroke-linejoin="round"${dash ? ` stroke-dasharray="${dash}"` : ""}`;

const evenly = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + (count > 1 ? (at / (count - 1)) * (to - from) : 0));

const fixed = (value: number): string => String(Math.round(value * 10) / 10);

const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign,
  );
