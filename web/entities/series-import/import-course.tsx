/** What is stored and what the file brings, drawn together. */
"use client";
import { useMemo } from "react";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { t } from "../../lib/words/t.ts";
import { courseHeight, courseWidth, drawnCourses, rangeBeside } from "./course.ts";
import { knownCourseQuery } from "./documents.ts";
import styles from "./import.module.css";
import type { ImportReview } from "./import-payload.ts";
import type { KnownSeries } from "./known-series.ts";

interface Props {
  readonly outline: ImportReview["outline"];
  readonly series: KnownSeries | null;
}

const maxPoints = 240;

export function ImportCourse({ outline, series }: Props) {
  const file = useMemo(
    () => ({ time: outline.time.map((time) => Date.parse(time)), close: outline.close }),
    [outline],
  );
  const range = useMemo(() => rangeBeside(file), [file]);
  const { data } = useApiQuery(
    knownCourseQuery,
    {
      ...{ id: series?.id ?? "", maxPoints },
      from: new Date(range?.from ?? 0).toISOString(),
      to: new Date(range?.to ?? 0).toISOString(),
    },
    { pause: series === null || range === null },
  );
  const stored = useMemo(() => {
    const chart = series === null ? null : data?.priceSeries?.chart;
    return chart
      ? { time: chart.time.map((time) => Date.parse(time)), close: chart.close }
      : { time: [], close: [] };
  }, [series, data]);
  const paths = useMemo(() => drawnCourses(stored, file), [stored, file]);
  return (
    <figure className={styles.course}>
      <svg
        viewBox={`0 0 ${courseWidth} ${courseHeight}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={
          series ? t("The closes that are stored, and those of the file") : t("The closes of the file")
        }
      >
        <path d={paths.stored} className={styles.stored} />
        <path d={paths.file} className={styles.ofFile} />
      </svg>
      <figcaption>
        {series && <span className={styles.storedKey}>{t("course|Stored")}</span>}
        <span className={styles.fileKey}>{t("In the file")}</span>
      </figcaption>
    </figure>
  );
}
