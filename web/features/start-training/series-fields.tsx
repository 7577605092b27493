/** Which series is trained on, and what the run is called. */
"use client";
import { day } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import { Choice, TextInput } from "./inputs.tsx";
import type { SeriesChoice } from "./start-choices.ts";
import type { StartForm } from "./use-start-form.ts";

interface Props {
  readonly form: StartForm;
  readonly series: readonly SeriesChoice[];
}

/** As the API calls them. */
const seriesField = "priceSeriesId";
const nameField = "name";

export function SeriesFields({ form, series }: Props) {
  const { values, change, errorOf } = form;
  const chosen = series.find(({ id }) => id === values.priceSeriesId);
  return (
    <>
      <Choice
        name={seriesField}
        label={t("Price series")}
        hint={chosen && barsInWords(chosen)}
        error={errorOf(seriesField)}
        value={values.priceSeriesId}
        onChange={(priceSeriesId) => change({ priceSeriesId })}
        options={[
          ...(chosen ? [] : [{ value: "", name: t("Choose one") }]),
          ...series.map(({ id, symbol, name }) => ({
            value: id,
            name: name ? t("{name} ({symbol})", { name, symbol }) : symbol,
          })),
        ]}
      />
      <TextInput
        name={nameField}
        label={t("Name of the run")}
        hint={t("Optional")}
        placeholder={t("Named by itself")}
        error={errorOf(nameField)}
        value={values.name}
        onChange={(name) => change({ name })}
      />
    </>
  );
}

function barsInWords({ barCount, firstTime, lastTime, timezone }: SeriesChoice): string {
  if (!firstTime || !lastTime) return tn(barCount, "{n} bar", "{n} bars");
  return tn(barCount, "{n} bar, {first} to {last}", "{n} bars, {first} to {last}", {
    first: day(firstTime, timezone),
    last: day(lastTime, timezone),
  });
}
