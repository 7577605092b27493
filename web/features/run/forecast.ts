/** A run's forecast of bars to come, and how such forecasts did, in words. Pure. */
import type { Target } from "../../entities/run/target.ts";
import type { ForecastQuery } from "../../graphql/generated/graphql.ts";
import { barTime, count, percent, price } from "../../lib/format.ts";
import { dateLocale } from "../../lib/words/language.ts";
import { t, tn } from "../../lib/words/t.ts";

export type Forecast = NonNullable<NonNullable<ForecastQuery["run"]>["forecast"]>;
export type TrackRecord = NonNullable<NonNullable<ForecastQuery["run"]>["trackRecord"]>;

export interface ForecastRow {
  readonly key: string;
  /** "Mon 20 Apr 2020" */
  readonly when: string;
  readonly predicted: string;
  /** "2,690.2 to 3,060.9"; a dash where too few outcomes are known for an interval. */
  readonly interval: string;
  /** Farther ahead than the network was trained to see. */
  readonly isBeyond: boolean;
}

export function forecastRows(forecast: Forecast, target: Target, timezone: string): ForecastRow[] {
  const weekday = new Intl.DateTimeFormat(dateLocale(), { weekday: "short", timeZone: timezone });
  return forecast.time.map((time, i) => {
    const [low, high] = [forecast.lower[i] ?? null, forecast.upper[i] ?? null];
    return {
      key: time,
      when: t("{weekday} {time}", {
        weekday: weekday.format(new Date(time)),
        time: barTime(time, timezone),
      }),
      predicted: plain(forecast.predicted[i]!, target),
      interval:
        low === null || high === null
          ? "–"
          : t("{low} to {high}", { low: plain(low, target), high: plain(high, target) }),
      isBeyond: forecast.isBeyondHorizon[i] ?? false,
    };
  });
}

/** Without its unit, which stands above the column. */
const plain = (value: number, target: Target): string =>
  target.noun === "volume" ? target.value(value) : price(value);

/** From which bars it comes, and how old what forecasts is. */
export function originInWords({ seriesVersion, modelAgeBars }: Forecast, timezone: string): string {
  const version = count(seriesVersion.number);
  const age =
    modelAgeBars === 0
      ? t("No bar has come since it was trained and tested.")
      : tn(
          modelAgeBars,
          "{n} bar has come since it was trained and tested.",
          "{n} bars have come since it was trained and tested.",
        );
  return seriesVersion.lastTime
    ? t("From version {version} of the series, which ends on {time}. {age}", {
        ...{ version, age },
        time: barTime(seriesVersion.lastTime, timezone),
      })
    : t("From version {version} of the series. {age}", { version, age });
}

/** "Of 42 forecasts whose bars have come: off by 20.1 USD on average, the last price by 21.3 USD; 95% intervals held 93%." */
export function recordInWords(record: TrackRecord | null, target: Target): string {
  if (!record || record.count === 0)
    return t("How it does in real life is told here, once bars that it forecast have come.");
  const values = {
    error: target.error(record.mae),
    naive: target.lastValue.toLowerCase(),
    naiveError: target.error(record.naiveMae),
  };
  if (record.coverage95 === null)
    return tn(
      record.count,
      "In real life, over {n} forecast whose bars have come: off by {error} on average, the {naive} by {naiveError}.",
      "In real life, over {n} forecasts whose bars have come: off by {error} on average, the {naive} by {naiveError}.",
      values,
    );
  return tn(
    record.count,
    "In real life, over {n} forecast whose bars have come: off by {error} on average, the {naive} by {naiveError}; its 95% intervals held {share} of them.",
    "In real life, over {n} forecasts whose bars have come: off by {error} on average, the {naive} by {naiveError}; its 95% intervals held {share} of them.",
    { ...values, share: percent(record.coverage95) },
  );
}
