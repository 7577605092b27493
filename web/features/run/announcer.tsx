/** Tells screen readers how a watched run gets on: each tenth of it, and its end. A failure is told at once. */
"use client";
import { useRef } from "react";
import type { Progress } from "../../entities/run-history/progress.ts";
import { word } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";

export function Announcer({ name, progress }: { name: string; progress: Progress }) {
  const { status, epoch, epochs, isActive } = progress;
  const [first] = [useRef(status)];
  const tenth = Math.floor((10 * epoch) / Math.max(1, epochs));
  // What the page says as it opens needs no announcement.
  const said =
    status === first.current && !isActive
      ? ""
      : isActive
        ? tenth > 0
          ? t("{percent}% of {name}", { percent: tenth * 10, name })
          : ""
        : t("{name}: {status}", { name, status: word(status) });
  const isFailure = status === "FAILED";
  return (
    <>
      <p className="visually-hidden" role="status">
        {isFailure ? "" : said}
      </p>
      <p className="visually-hidden" role="alert">
        {isFailure ? said : ""}
      </p>
    </>
  );
}
