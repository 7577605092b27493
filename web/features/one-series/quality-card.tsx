/** What was found in the bars of a series: pauses longer than its own rhythm, and jumps of its price. */
"use client";
import { Card } from "../../components/card.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import { jumpWords } from "../../entities/series-import/jump-words.ts";
import type { SeriesQualityQuery } from "../../graphql/generated/graphql.ts";
import { barTime, count } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { t, tn } from "../../lib/words/t.ts";
import { seriesQualityQuery } from "./documents.ts";
import { gapWords } from "./gap-words.ts";
import styles from "./quality-card.module.css";

type Quality = NonNullable<SeriesQualityQuery["priceSeries"]>["quality"];

export function QualityCard({ seriesId, timezone }: { seriesId: string; timezone: string }) {
  const { data, error, refetch } = useApiQuery(seriesQualityQuery, { id: seriesId });
  const quality = data?.priceSeries?.quality;
  return (
    <Card
      title={t("Gaps and jumps")}
      note={t(
        "Pauses longer than weekends and yearly holidays, and closes more than 30% above or below the one before",
      )}
    >
      {!quality && error && <Failure error={error} onRetry={refetch} />}
      {!quality && !error && <Loading label={t("Looking through the bars")} />}
      {quality && (
        <div className={styles.found} data-testid="quality">
          <Gaps quality={quality} timezone={timezone} />
          <Jumps quality={quality} timezone={timezone} />
        </div>
      )}
    </Card>
  );
}

interface Props {
  readonly quality: Quality;
  readonly timezone: string;
}

function Gaps({ quality: { gaps, gapCount }, timezone }: Props) {
  if (gapCount === 0) return <p>{t("No gaps.")}</p>;
  return (
    <details open={gapCount <= 5}>
      <summary>{tn(gapCount, "{n} gap", "{n} gaps")}</summary>
      <ul>
        {gaps.map(({ from, to }) => (
          <li key={from}>
            {t("{time} without a bar, {from} to {to}", {
              time: gapWords(Date.parse(to) - Date.parse(from)),
              from: barTime(from, timezone),
              to: barTime(to, timezone),
            })}
          </li>
        ))}
        {gapCount > gaps.length && <li>{t("and {n} shorter ones", { n: count(gapCount - gaps.length) })}</li>}
      </ul>
    </details>
  );
}

function Jumps({ quality: { jumps, jumpCount }, timezone }: Props) {
  if (jumpCount === 0) return <p>{t("No jumps.")}</p>;
  return (
    <details open={jumpCount <= 5}>
      <summary>{tn(jumpCount, "{n} jump", "{n} jumps")}</summary>
      <ul>
        {jumps.map((jump) => (
          <li key={jump.time}>{jumpWords(jump, timezone)}</li>
        ))}
        {jumpCount > jumps.length && (
          <li>{t("and {n} smaller ones", { n: count(jumpCount - jumps.length) })}</li>
        )}
      </ul>
    </details>
  );
}
