/**
 * What belongs to every chart: its values by keyboard and by finger, the table behind it, and files to take away. Around
 * what draws it, of whatever library.
 */
"use client";
import { type ReactNode, useId, useRef, useState } from "react";
import { saveFile } from "../../lib/save-file.ts";
import { t } from "../../lib/words/t.ts";
import { Button } from "../button.tsx";
import { type ChartData, csvOf, fileNameOf } from "./chart-data.ts";
import styles from "./chart-frame.module.css";
import { pngOf, pngOfSvg, svgText } from "./chart-picture.ts";
import { DataTable } from "./data-table.tsx";
import { type KeyLine, LineKey } from "./line-key.tsx";

export interface ChartCursor {
  /** How many places it has, from left to right. */
  readonly count: number;
  /** The values at a place, in words. */
  readonly read: (place: number) => string;
  /** Where the place lies within the plot, 0 to 1; null: not in view. Absent where `onMove` shows it. */
  readonly across?: (place: number) => number | null;
  /** The chart shows the place itself; null: no longer. */
  readonly onMove?: (place: number | null) => void;
}

interface Props {
  /** What the chart shows, in a few words. */
  readonly label: string;
  readonly lines?: readonly KeyLine[];
  readonly cursor: ChartCursor;
  /** Called when the table is opened or a file is wanted. */
  readonly data: () => ChartData;
  /** Of a chart that is drawn on a canvas. Absent: the chart is an SVG within. */
  readonly canvas?: () => HTMLCanvasElement | null;
  /** The same as an SVG's text; null where nothing is drawn. */
  readonly svg?: () => string | null;
  readonly children: ReactNode;
}

export function ChartFrame({ label, lines = [], cursor, data, canvas, svg, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<number | null>(null);
  const [isTable, setIsTable] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const readerId = useId();
  const at = place === null ? null : Math.min(place, cursor.count - 1);
  const move = (to: number | null) => {
    setPlace(to);
    cursor.onMove?.(to);
  };
  const name = fileNameOf(label);
  const savePng = async () => {
    const drawn = canvas?.() ?? null;
    const picture = canvas ? drawn && (await pngOf(drawn)) : frame.current && (await pngOfSvg(frame.current));
    setProblem(picture ? null : t("The browser could not make a picture of this chart."));
    if (picture) saveFile(`${name}.png`, picture);
  };
  const saveSvg = () => {
    const text = svg ? svg() : frame.current && svgText(frame.current);
    setProblem(text ? null : t("There is nothing drawn yet."));
    if (text) saveFile(`${name}.svg`, new Blob([text], { type: "image/svg+xml" }));
  };
  return (
    <div className={styles.frame}>
      {lines.length > 0 && <LineKey lines={lines} />}
      <div ref={frame} className={styles.plot}>
        {children}
        {at !== null && <Mark frame={frame.current} across={cursor.across?.(at) ?? null} />}
      </div>
      {cursor.count > 0 && (
        <div className={styles.reader}>
          <input
            type="range"
            min={0}
            max={cursor.count - 1}
            step={1}
            value={at ?? cursor.count - 1}
            aria-label={t("Values of: {label}", { label })}
            aria-valuetext={cursor.read(at ?? cursor.count - 1)}
            aria-describedby={readerId}
            onChange={(event) => move(Number(event.target.value))}
            onFocus={() => move(at ?? cursor.count - 1)}
            onBlur={() => move(null)}
          />
          <p id={readerId} className={styles.values}>
            {at === null
              ? t("Move the slider, or use the arrow keys on it, to read values.")
              : cursor.read(at)}
          </p>
        </div>
      )}
      <div className={styles.tools}>
        <Button kind="quiet" aria-expanded={isTable} onClick={() => setIsTable(!isTable)}>
          {isTable ? t("Hide the table") : t("Show as table")}
        </Button>
        <Button
          kind="quiet"
          aria-label={t("{label} as CSV", { label })}
          onClick={() => saveFile(`${name}.csv`, new Blob([csvOf(data())], { type: "text/csv" }))}
        >
          {t("CSV")}
        </Button>
        <Button kind="quiet" aria-label={t("{label} as PNG", { label })} onClick={savePng}>
          {t("PNG")}
        </Button>
        <Button kind="quiet" aria-label={t("{label} as SVG", { label })} onClick={saveSvg}>
          {t("SVG")}
        </Button>
        {problem && <span role="alert">{problem}</span>}
      </div>
      {isTable && <DataTable label={label} data={data()} />}
    </div>
  );
}

/** The place that is read, as a line over the plot's own area. */
function Mark({ frame, across }: { frame: HTMLDivElement | null; across: number | null }) {
  const area = frame?.querySelector(".apexcharts-grid");
  if (!frame || !area || across === null) return null;
  const [outer, inner] = [frame.getBoundingClientRect(), area.getBoundingClientRect()];
  const left = inner.left - outer.left + across * inner.width;
  return <div className={styles.mark} style={{ left, top: inner.top - outer.top, height: inner.height }} />;
}
