/**
 * A small curve with a dashed line to compare it with, on a canvas: a dozen of them are redrawn several times a second.
 * Coordinates run from 0 to 1, from the upper left corner.
 */
"use client";
import { useEffect, useRef } from "react";
import { onThemeChange } from "../lib/theme.ts";
import styles from "./curve-canvas.module.css";

export interface Curve {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Height of the dashed line; null: none. */
  readonly line: number | null;
  /** A point to stand out, such as the best one. */
  readonly mark: readonly [x: number, y: number] | null;
}

interface Props {
  readonly curve: Curve;
  /** CSS pixels. */
  readonly height: number;
  /** What it shows, in words. */
  readonly label: string;
  /** For tests and measurements: which epoch the newest point stands for. */
  readonly newest?: number | undefined;
}

const inset = 4;

export function CurveCanvas({ curve, height, label, newest }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef(curve);
  drawn.current = curve;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new curve is what it is drawn for
  useEffect(() => {
    if (!canvas.current) return;
    draw(canvas.current, drawn.current);
    canvas.current.dataset.newest = String(newest ?? "");
  }, [curve, newest]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const again = () => draw(element, drawn.current);
    const size = new ResizeObserver(again);
    size.observe(element);
    const leave = onThemeChange(again);
    return () => {
      size.disconnect();
      leave();
    };
  }, []);

  return <canvas ref={canvas} className={styles.canvas} style={{ height }} role="img" aria-label={label} />;
}

function draw(element: HTMLCanvasElement, { points, line, mark }: Curve): void {
  const [width, height] = [element.clientWidth, element.clientHeight];
  const pen = element.getContext("2d");
  if (!pen || width === 0) return;
  const ratio = devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size clears the canvas, and costs as much as drawing on it.
  if (element.width !== wide || element.height !== high) [element.width, element.height] = [wide, high];
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const place = ([x, y]: readonly [number, number]): [number, number] => [
    inset + x * (width - 2 * inset),
    inset + y * (height - 2 * inset),
  ];
  // Forced colours change these with all others.
  const style = getComputedStyle(element);
  pen.lineJoin = "round";
  if (line !== null) {
    pen.strokeStyle = style.getPropertyValue("--curve-line");
    pen.lineWidth = 1.5;
    pen.setLineDash([4, 4]);
    pen.beginPath();
    pen.moveTo(...place([0, line]));
    pen.lineTo(...place([1, line]));
    pen.stroke();
    pen.setLineDash([]);
  }
  pen.strokeStyle = style.getPropertyValue("--curve");
  pen.fillStyle = pen.strokeStyle;
  // Of many epochs each stands on less than a pixel: a thick line would be a blot.
  pen.lineWidth = points.length > width / 2 ? 1 : 2;
  pen.beginPath();
  for (const point of points) pen.lineTo(...place(point));
  pen.stroke();
  // One point is no line yet.
  const dots = [points.at(-1), mark].filter((dot) => dot !== undefined && dot !== null);
  for (const dot of dots) {
    pen.beginPath();
    pen.arc(...place(dot), dot === mark ? 3.5 : 2.5, 0, 2 * Math.PI);
    if (dot === mark) pen.stroke();
    else pen.fill();
  }
}
