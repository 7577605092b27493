/** The panes of the test on the page: their values by pointer and by keyboard, and closer looks. */
"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { ChartFrame } from "../../components/chart-frame/chart-frame.tsx";
import type { KeyLine } from "../../components/chart-frame/line-key.tsx";
import type { TimeRange } from "../../lib/time-range.ts";
import { whenNear } from "../../lib/when-near.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./test-card.module.css";
import { mountTestPanes, type PanesData, type PanesLook, type TestPanes } from "./test-panes.ts";
import { pointInWords, testData, type Words } from "./test-points.ts";
import { testSvg } from "./test-svg.ts";

/** A reader who zooms or pans is asked for nothing until the hand rests. */
const settledMs = 80;

interface Props {
  readonly label: string;
  readonly data: PanesData;
  readonly look: PanesLook;
  readonly words: Words;
  readonly bandName: string | null;
  readonly onView: (view: TimeRange) => void;
}

export function TestPlot({ label, data, look, words, bandName, onView }: Props) {
  const { theme, target, timezone } = look;
  const container = useRef<HTMLDivElement>(null);
  const [panes, setPanes] = useState<TestPanes | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const hear = useRef(onView);
  hear.current = onView;

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let mounted: TestPanes | null = null;
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // It lies beneath what a reader sees first, and its code weighs as much as all else of ours.
    const stopWaiting = whenNear(element, async () => {
      const library = await import("lightweight-charts");
      if (isGone) return;
      mounted = mountTestPanes(
        library,
        element,
        { theme, target, timezone },
        {
          onPoint: setPointed,
          onView(view) {
            clearTimeout(timer);
            timer = setTimeout(() => hear.current(view), settledMs);
          },
        },
      );
      setPanes(mounted);
    });
    return () => {
      isGone = true;
      stopWaiting();
      clearTimeout(timer);
      mounted?.remove();
      setPanes(null);
    };
  }, [theme, target, timezone]);
  useEffect(() => panes?.setData(data), [panes, data]);

  const lines = useMemo((): KeyLine[] => {
    const band = bandName === null ? [] : [{ name: bandName, colour: theme.band, isBand: true }];
    return [
      { name: words.real, colour: theme.real },
      { name: words.predicted, colour: theme.model },
      { name: words.naive, colour: theme.ink, dash: "6 4" },
      ...band,
    ];
  }, [theme, words, bandName]);
  const read = (place: number) => pointInWords(data.points[place], target, words, timezone);
  return (
    <ChartFrame
      label={label}
      lines={lines}
      cursor={{ count: data.points.length, read, onMove: (place) => panes?.show(place) }}
      data={() => testData(data.points, words)}
      canvas={() => panes?.picture() ?? null}
      svg={() => {
        if (!panes || !container.current) return null;
        const surface = getComputedStyle(container.current).getPropertyValue("--surface").trim();
        return testSvg({ title: label, data, look, words, surface });
      }}
    >
      <figure className={styles.panes}>
        <figcaption className="visually-hidden">{label}</figcaption>
        <div ref={container} className={styles.canvas} data-drawn={panes !== null} />
      </figure>
      <div className={styles.beneath}>
        <p className={styles.values}>
          {pointed === null
            ? t(
                "Above the values, beneath the absolute errors. Wheel or pinch looks closer, dragging moves on.",
              )
            : read(pointed)}
        </p>
        <Button kind="quiet" onClick={() => panes?.showAll()}>
          {t("Show everything")}
        </Button>
      </div>
    </ChartFrame>
  );
}
