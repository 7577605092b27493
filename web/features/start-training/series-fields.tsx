/** Which series is trained on, and what the run is called. */
"use client";
import { count, day } from "../../lib/format.ts";
import { Choice, TextInput } from "./inputs.tsx";
import type { SeriesChoice } from "./start-choices.ts";
import type { StartForm } from "./use-start-form.ts";

interface Props {
  readonly form: StartForm;
  readonly series: readonly SeriesChoice[];
}

export function SeriesFields({ form, series }: Props) {
  const { values, change, errorOf } = form;
  const chosen = series.find(({ id }) => id === values.priceSeriesId);
  const range =
    chosen?.firstTime && chosen.lastTime
      ? `, ${day(chosen.firstTime, chosen.timezone)} to ${day(chosen.lastTime, chosen.timezone)}`
      : "";
  return (
    <>
      <Choice
        name="priceSeriesId"
        label="Price series"
        hint={chosen && `${count(chosen.barCount)} bars${range}`}
        error={errorOf("priceSeriesId")}
        value={values.priceSeriesId}
        onChange={(priceSeriesId) => change({ priceSeriesId })}
        options={[
          ...(chosen ? [] : [{ value: "", name: "Choose one" }]),
          ...series.map(({ id, symbol, name }) => ({
            value: id,
            name: name ? `${name} (${symbol})` : symbol,
          })),
        ]}
      />
      <TextInput
        name="name"
        label="Name of the run"
        hint="Optional"
        placeholder="Named by itself"
        error={errorOf("name")}
        value={values.name}
        onChange={(name) => change({ name })}
      />
    </>
  );
}
