/** The catalogue of series: their course, their newest bar, what was found in them, and what runs made of them. */

import { ButtonLink } from "../../components/button.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { Sparkline } from "../../components/sparkline.tsx";
import table from "../../components/table.module.css";
import { Skill } from "../../entities/run/skill.tsx";
import { targetOf } from "../../entities/run/target.ts";
import type { AllSeriesQuery } from "../../graphql/generated/graphql.ts";
import { barTime, count, price, signedPercent } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import styles from "./series-table.module.css";

export type Series = AllSeriesQuery["allPriceSeries"]["edges"][number]["node"];

export function SeriesTable({ series }: { series: readonly Series[] }) {
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{t("Series")}</th>
          <th scope="col" className={table.wide}>
            {t("Course")}
          </th>
          <th scope="col" className={table.number}>
            {t("price|Last")}
          </th>
          <th scope="col" className={`${table.number} ${table.wide}`}>
            {t("Bars")}
          </th>
          <th scope="col" className={`${table.number} ${table.wide}`}>
            {t("Runs")}
          </th>
          <th
            scope="col"
            className={table.number}
            title={t(
              "The best of its runs on the test: the share of the naive forecast's error that the model removes",
            )}
          >
            {t("Best skill")}
          </th>
          <th scope="col" className={table.wide}>
            <span className="visually-hidden">{t("Actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {series.map((each) => (
          <Row key={each.id} series={each} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ series }: { series: Series }) {
  const {
    id,
    symbol,
    name,
    barCount,
    lastTime,
    timezone,
    currency,
    quality,
    runCount,
    bestTestSkill,
    bestTestTarget,
  } = series;
  return (
    <tr>
      <td>
        <PageLink
          href={`/series/${id}`}
          className={`${table.name} ${table.given}`}
          title={name ?? symbol}
          dir="auto"
        >
          {name ?? symbol}
        </PageLink>
        <span className={table.sub}>
          {symbol}
          {currency && `, ${currency}`}
        </span>
      </td>
      <td className={`${table.wide} ${styles.course}`}>
        <Sparkline values={quality.sparkline} />
      </td>
      <td className={table.number}>
        {price(quality.lastClose)} <Change quality={quality} />
        <span className={table.sub}>{lastTime ? barTime(lastTime, timezone) : "–"}</span>
      </td>
      <td className={`${table.number} ${table.wide}`}>
        {count(barCount)}
        <span className={table.sub}>{foundWords(quality)}</span>
      </td>
      <td className={`${table.number} ${table.wide}`}>{count(runCount)}</td>
      <td className={table.number}>
        {bestTestSkill === null ? <span className={table.soft}>–</span> : <Skill value={bestTestSkill} />}
        {bestTestTarget && <span className={table.sub}>{targetOf(bestTestTarget, null).word}</span>}
      </td>
      <td className={`${table.number} ${table.wide}`}>
        <ButtonLink href={`/runs/new?series=${id}`}>{t("do|Train")}</ButtonLink>
      </td>
    </tr>
  );
}

/** From the bar before to the newest. */
function Change({ quality: { lastClose, previousClose } }: Pick<Series, "quality">) {
  if (lastClose === null || previousClose === null || previousClose <= 0) return null;
  const change = lastClose / previousClose - 1;
  return <span className={styles.change}>{signedPercent(change)}</span>;
}

const foundWords = ({ gapCount, jumpCount }: Series["quality"]): string =>
  [
    gapCount > 0 && tn(gapCount, "{n} gap", "{n} gaps"),
    jumpCount > 0 && tn(jumpCount, "{n} jump", "{n} jumps"),
  ]
    .filter((it) => it !== false)
    .join(t(", "));
