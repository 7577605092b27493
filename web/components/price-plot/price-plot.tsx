/** Prices over time on the bar index, by the exchange's clock: wheel and pinch look closer, dragging moves along. */
"use client";
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import { barTime } from "../../lib/format.ts";
import { saveFile } from "../../lib/save-file.ts";
import type { TimeRange } from "../../lib/time-range.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { t } from "../../lib/words/t.ts";
import { noOverlays, type Overlays } from "./overlays.ts";
import { barAt, barsWithin, countBefore, type PlotBars } from "./plot-bars.ts";
import type { PriceLook } from "./plot-style.ts";
import { priceSvg } from "./plot-svg.ts";
import { PlotTable } from "./plot-table.tsx";
import { PlotToolbar } from "./plot-toolbar.tsx";
import { barValues, csvOf, spokenBar } from "./plot-words.ts";
import styles from "./price-plot.module.css";
import { SelectLayer } from "./select-layer.tsx";
import { useUpColour } from "./up-colour.ts";
import { usePriceCanvas } from "./use-price-canvas.ts";
import { useViews } from "./use-views.ts";
import { newestPart, periodsOf, zoomed } from "./views.ts";

interface Props {
  readonly bars: PlotBars;
  /** Of all bars that there are. */
  readonly all: TimeRange;
  /** Where every bar that there is has been given; null: nowhere. Candles are drawn there alone. */
  readonly whole: TimeRange | null;
  /** How many there are. */
  readonly barCount: number;
  readonly timezone: string;
  /** What is drawn, for those who cannot see it. */
  readonly label: string;
  /** Of saved files, without an ending. */
  readonly fileName: string;
  readonly look: PriceLook;
  readonly onLook: (look: PriceLook) => void;
  /** More of what is in view may be given then. */
  readonly onView: (range: TimeRange) => void;
  readonly overlays?: Overlays;
  readonly children?: ReactNode;
}

/** More candles than this are thinner than a pixel column and its gap. */
const mostCandles = 400;

export function PricePlot(props: Props) {
  const { bars, all, whole, timezone, label, look } = props;
  const lines = props.overlays?.lines ?? [];
  const place = useRef<HTMLDivElement>(null);
  const helpId = useId();
  const theme = useChartTheme();
  const [upColour, setUpColour] = useUpColour();
  const [pointed, setPointed] = useState<number | null>(null);
  const [spoken, setSpoken] = useState("");
  const [isSelecting, setIsSelecting] = useState(false);
  const [hasShift, setHasShift] = useState(false);
  const { view, seen, look: lookAt, back, canStepBack } = useViews(all, (range) => canvas?.show(range));
  const inView = useMemo(() => barsWithin(bars, view), [bars, view]);
  const isWhole = whole !== null && whole.from <= view.from && view.to <= whole.to;
  const areCandles = look === "candles" && isWhole && inView.time.length <= mostCandles;
  const canvas = usePriceCanvas({
    ...{ place, bars, first: view, timezone, theme, upColour, areCandles },
    overlays: props.overlays,
    onView(range) {
      seen(range);
      props.onView(range);
    },
    onPoint: setPointed,
    onDoubleClick: back,
  });
  const shown = pointed ?? countBefore(bars.time, view.to + 1) - 1;
  const bar = shown >= 0 && shown < bars.time.length ? barAt(bars, shown) : null;

  const moveTo = (index: number) => {
    const at = Math.min(Math.max(index, 0), bars.time.length - 1);
    canvas?.pointAt(at);
    setPointed(at);
    setSpoken(spokenBar(barAt(bars, at), timezone));
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => moveTo(shown - 1),
    ArrowRight: () => moveTo(shown + 1),
    PageUp: () => moveTo(shown - 10),
    PageDown: () => moveTo(shown + 10),
    Home: () => moveTo(countBefore(bars.time, view.from)),
    End: () => moveTo(countBefore(bars.time, view.to + 1) - 1),
    "+": () => lookAt(zoomed(view, 0.5, all)),
    "=": () => lookAt(zoomed(view, 0.5, all)),
    "-": () => lookAt(zoomed(view, 2, all)),
    Escape: () => (isSelecting ? setIsSelecting(false) : back()),
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Shift") setHasShift(true);
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const select = (one: number, other: number) => {
    const [from, to] = [canvas?.timeAtPixel(one) ?? null, canvas?.timeAtPixel(other) ?? null];
    if (from !== null && to !== null && from < to) lookAt({ from, to });
    setIsSelecting(false);
  };
  return (
    <div
      className={styles.plot}
      data-look={areCandles ? "candles" : "line"}
      data-in-view={inView.time.length}
      data-from={new Date(view.from).toISOString()}
      data-to={new Date(view.to).toISOString()}
      data-drawn={canvas !== null}
      data-testid="price-plot"
    >
      <PlotToolbar
        {...{ all, view, look, upColour, isSelecting, canStepBack }}
        periods={periodsOf(all, (all.to - all.from) / Math.max(1, props.barCount - 1))}
        onView={lookAt}
        onLook={(wanted) => {
          props.onLook(wanted);
          // Where they have no room, the newest bars that they have room for are looked at.
          if (wanted === "candles" && !(isWhole && inView.time.length <= mostCandles))
            lookAt(newestPart(all, props.barCount, mostCandles / 3));
        }}
        onUpColour={setUpColour}
        onSelecting={setIsSelecting}
        onStepBack={back}
        onPicture={() =>
          canvas?.picture().toBlob((picture) => picture && saveFile(`${props.fileName}.png`, picture))
        }
        onSvg={() => {
          if (!theme || !place.current) return;
          const surface = getComputedStyle(place.current).getPropertyValue("--surface").trim();
          const text = priceSvg({
            ...{ title: label, bars: inView, areCandles, upColour, timezone, theme, surface },
            overlays: props.overlays ?? noOverlays,
          });
          saveFile(`${props.fileName}.svg`, new Blob([text], { type: "image/svg+xml" }));
        }}
        onCsv={() => saveFile(`${props.fileName}.csv`, new Blob([csvOf(inView)], { type: "text/csv" }))}
      />
      <p className={styles.legend} data-testid="price-legend">
        {bar && (
          <>
            <strong>{barTime(bar.time, timezone)}</strong>
            {barValues(bar).map(([name, value]) => (
              <span key={name}>
                {name} <strong>{value}</strong>
              </span>
            ))}
          </>
        )}
      </p>
      {lines.length > 0 && (
        <ul className={styles.keys} aria-label={t("Lines laid over the prices")}>
          {lines.map(({ name, colour, isDashed }) => (
            <li key={name}>
              <span
                className={styles.key}
                style={{ borderTopColor: colour, borderTopStyle: isDashed ? "dashed" : "solid" }}
              />
              {name}
            </li>
          ))}
        </ul>
      )}
      <div
        className={styles.frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its cursor is moved by keys
        tabIndex={0}
        aria-label={label}
        aria-describedby={helpId}
        onKeyDown={onKey}
        onKeyUp={({ key }) => key === "Shift" && setHasShift(false)}
        onPointerMove={({ shiftKey, pointerType }) => pointerType === "mouse" && setHasShift(shiftKey)}
        onPointerLeave={() => setHasShift(false)}
      >
        <div ref={place} className={styles.canvas} />
        {(isSelecting || hasShift) && <SelectLayer onSelect={select} />}
      </div>
      <p id={helpId} className="visually-hidden">
        {t(
          "Left and right arrow read the bars one by one, Page up and Page down ten at a time, Home and End the first and the last one in view. Plus looks closer, minus further, Escape goes one step back.",
        )}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
      {look === "candles" && !areCandles && (
        <p className={styles.note}>
          {t("Candles stand for one bar each and need room: look closer to see them.")}
        </p>
      )}
      {props.children}
      <PlotTable bars={inView} timezone={timezone} />
    </div>
  );
}
