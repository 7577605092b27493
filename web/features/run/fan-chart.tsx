/** A forecast drawn: the newest values, what comes by the network, and its interval. The table beneath has every number. */

import type { Target } from "../../entities/run/target.ts";
import { barTime } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import { fanOf, height, width } from "./fan.ts";
import styles from "./fan-chart.module.css";
import type { Forecast } from "./forecast.ts";

interface Props {
  readonly forecast: Forecast;
  readonly target: Target;
  readonly timezone: string;
}

export function FanChart({ forecast, target, timezone }: Props) {
  const fan = fanOf(forecast);
  if (fan === null) return null;
  const { recentTime, time, level } = forecast;
  const day = (at: string | undefined) => (at ? barTime(at, timezone) : "");
  return (
    <figure className={styles.fan} data-testid="forecast-fan">
      <figcaption className={styles.key}>
        <span className={styles.realKey}>{t("Real")}</span>
        <span className={styles.predictedKey}>{t("Predicted")}</span>
        {fan.band && <span className={styles.bandKey}>{t("{level}% interval", { level: level * 100 })}</span>}
      </figcaption>
      <div className={styles.drawing}>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t("The newest {count} values, and {steps} predicted ones with their interval", {
            count: recentTime.length,
            steps: time.length,
          })}
        >
          <path className={styles.band} d={fan.band} />
          <path className={styles.now} d={`M${fan.now * width} 0V${height}`} />
          <path className={styles.real} d={fan.real} />
          <path className={styles.predicted} d={fan.predicted} />
        </svg>
        <p className={styles.marks}>
          <span>{target.value(fan.highest)}</span>
          <span>{target.value(fan.lowest)}</span>
        </p>
      </div>
      <p className={styles.days}>
        <span>{day(recentTime[0])}</span>
        <span>{day(time.at(-1))}</span>
      </p>
    </figure>
  );
}
