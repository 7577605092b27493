/** A run's forecast of bars to come, and how such forecasts did, in words. Pure. */
import type { Target } from "../../entities/run/target.ts";
import type { ForecastQuery } from "../../graphql/generated/graphql.ts";
import { barTime, count, percent, plural, price } from "../../lib/format.ts";

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
  const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: timezone });
  return forecast.time.map((time, i) => {
    const [low, high] = [forecast.lower[i] ?? null, forecast.upper[i] ?? null];
    return {
      key: time,
      when: `${weekday.format(new Date(time))} ${barTime(time, timezone)}`,
      predicted: plain(forecast.predicted[i]!, target),
      interval: low === null || high === null ? "–" : `${plain(low, target)} to ${plain(high, target)}`,
      isBeyond: forecast.isBeyondHorizon[i] ?? false,
    };
  });
}

/** Without its unit, which stands above the column. */
const plain = (value: number, target: Target): string =>
  target.noun === "volume" ? target.value(value) : price(value);

/** From which bars it comes, and how old what forecasts is. */
export function originInWords({ seriesVersion, modelAgeBars }: Forecast, timezone: string): string {
  const last = seriesVersion.lastTime ? `, which ends on ${barTime(seriesVersion.lastTime, timezone)}` : "";
  const age =
    modelAgeBars === 0
      ? "No bar has come since it was trained and tested."
      : `${plural(modelAgeBars, "bar")} ${modelAgeBars === 1 ? "has" : "have"} come since it was trained and tested.`;
  return `From version ${count(seriesVersion.number)} of the series${last}. ${age}`;
}

/** "Of 42 forecasts whose bars have come: off by 20.1 USD on average, the last price by 21.3 USD; 95% intervals held 93%." */
export function recordInWords(record: TrackRecord | null, target: Target): string {
  if (!record || record.count === 0)
    return "How it does in real life is told here, once bars that it forecast have come.";
  const { error } = target;
  const held =
    record.coverage95 === null ? "" : `; its 95% intervals held ${percent(record.coverage95)} of them`;
  return (
    `In real life, over ${plural(record.count, "forecast")} whose bars have come: off by ${error(record.mae)} on average, ` +
    `the ${target.lastValue.toLowerCase()} by ${error(record.naiveMae)}${held}.`
  );
}
