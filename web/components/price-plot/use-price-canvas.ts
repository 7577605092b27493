/** Mounts a price plot's canvas once its library has come, and keeps it at what is to be drawn. */
"use client";
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import type { TimeRange } from "../../lib/time-range.ts";
import { noOverlays, type Overlays } from "./overlays.ts";
import type { PlotBars } from "./plot-bars.ts";
import type { UpColour } from "./plot-style.ts";
import { type PriceCanvas, priceCanvas } from "./price-canvas.ts";

interface Drawn {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly bars: PlotBars;
  /** In view at first. */
  readonly first: TimeRange;
  readonly timezone: string;
  readonly theme: ChartTheme | null;
  readonly upColour: UpColour;
  readonly areCandles: boolean;
  readonly overlays?: Overlays | undefined;
  readonly onView: (range: TimeRange) => void;
  readonly onPoint: (index: number | null) => void;
  readonly onDoubleClick: () => void;
}

/** Null until the library and the theme are there. */
export function usePriceCanvas({
  place,
  bars,
  first,
  timezone,
  theme,
  upColour,
  areCandles,
  overlays = noOverlays,
  ...hearers
}: Drawn): PriceCanvas | null {
  const [canvas, setCanvas] = useState<PriceCanvas | null>(null);
  const isFirst = useRef(true);
  const onView = useEffectEvent(hearers.onView);
  const onPoint = useEffectEvent(hearers.onPoint);
  const onDoubleClick = useEffectEvent(hearers.onDoubleClick);
  const mount = useEffectEvent((library: typeof import("lightweight-charts")) => {
    if (!place.current || !theme) return null;
    const look = { theme, upColour, areCandles };
    return priceCanvas(library, place.current, timezone, look, {
      onView: (range) => onView(range),
      onPoint: (index) => onPoint(index),
      onDoubleClick: () => onDoubleClick(),
    });
  });
  const isReady = theme !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another zone has another axis
  useEffect(() => {
    if (!isReady) return;
    let made: PriceCanvas | null = null;
    let isGone = false;
    void import("lightweight-charts").then((library) => {
      if (isGone) return;
      made = mount(library);
      isFirst.current = true;
      setCanvas(made);
    });
    return () => {
      isGone = true;
      made?.remove();
      setCanvas(null);
    };
  }, [isReady, timezone]);

  const firstRange = useEffectEvent(() => first);
  useEffect(() => {
    if (!canvas || bars.time.length === 0) return;
    canvas.draw(bars, isFirst.current ? firstRange() : null);
    isFirst.current = false;
  }, [canvas, bars]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: lines lie on bars, and are laid anew over others
  useEffect(() => canvas?.overlay(overlays), [canvas, overlays, bars]);

  useEffect(() => {
    if (theme) canvas?.restyle({ theme, upColour, areCandles });
  }, [canvas, theme, upColour, areCandles]);

  return canvas;
}
