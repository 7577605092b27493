/** What is learned from which series, and how it is cut. */
"use client";
import type { PriceField } from "../../graphql/generated/graphql.ts";
import { count, day, word } from "../../lib/format.ts";
import { targets, transforms, withTarget } from "./form-values.ts";
import { Check, Choice, TextInput } from "./inputs.tsx";
import { SplitBar } from "./split-bar.tsx";
import { splitBars } from "./split-preview.ts";
import styles from "./start-form.module.css";
import type { SeriesChoice } from "./start-form.tsx";
import type { StartForm } from "./use-start-form.ts";

interface Props {
  readonly form: StartForm;
  readonly series: readonly SeriesChoice[];
  readonly chosen: SeriesChoice | null;
}

const transformNames = {
  PRICE: "The price itself",
  DIFFERENCE: "Its change",
  LOG_RETURN: "Its log return",
} as const;

export function DataFields({ form, series, chosen }: Props) {
  const { values, change, errorOf } = form;
  const range =
    chosen?.firstTime && chosen.lastTime
      ? `, ${day(chosen.firstTime, chosen.timezone)} to ${day(chosen.lastTime, chosen.timezone)}`
      : "";
  return (
    <div className={styles.fields}>
      <Choice
        form={form}
        name="priceSeriesId"
        label="Price series"
        hint={chosen && `${count(chosen.barCount)} bars${range}`}
        choices={[
          ...(chosen ? [] : [{ value: "", name: "Choose one" }]),
          ...series.map(({ id, symbol, name }) => ({
            value: id,
            name: name ? `${name} (${symbol})` : symbol,
          })),
        ]}
      />
      <TextInput
        form={form}
        name="name"
        label="Name of the run"
        hint="Optional"
        placeholder="Named by itself"
      />
      <Choice
        form={form}
        name="target"
        label="Target"
        hint="What is predicted"
        onChoose={(target) => change(withTarget(values, target))}
        choices={targets.map((value) => ({ value, name: word(value) }))}
      />
      <Choice
        form={form}
        name="transform"
        label="Learned as"
        hint="Reported back in price units"
        choices={transforms.map((value) => ({ value, name: transformNames[value] }))}
      />
      <TextInput form={form} name="window" label="Window" hint="Bars that the network sees" isNumber />
      <TextInput form={form} name="horizon" label="Horizon" hint="Bars ahead that it predicts" isNumber />
      <TextInput
        form={form}
        name="testBars"
        label="Test bars"
        hint="Held out at the end, scored once"
        isNumber
      />
      <TextInput
        form={form}
        name="validationBars"
        label="Validation bars"
        hint="Empty: a tenth of those before the test"
        isNumber
      />
      <Features
        chosen={values.features}
        error={errorOf("features")}
        onChange={(features) => change({ features })}
      />
      <div className={styles.whole}>
        <Check
          form={form}
          name="validateOnTest"
          label="Validate on the test, as the original recipe does (it leaks)"
        />
      </div>
      {chosen && (
        <div className={styles.whole}>
          <SplitBar bars={splitBars(values, chosen.barCount)} />
        </div>
      )}
    </div>
  );
}

interface FeaturesProps {
  readonly chosen: readonly PriceField[];
  readonly error: string | undefined;
  readonly onChange: (features: readonly PriceField[]) => void;
}

function Features({ chosen, error, onChange }: FeaturesProps) {
  return (
    <fieldset className={styles.whole}>
      <legend className={styles.legend}>What the network sees of each bar</legend>
      <div className={styles.checks}>
        {targets.map((field) => (
          <label key={field}>
            <input
              type="checkbox"
              checked={chosen.includes(field)}
              aria-invalid={error !== undefined}
              onChange={(event) =>
                onChange(
                  event.target.checked ? [...chosen, field] : chosen.filter((other) => other !== field),
                )
              }
            />
            {word(field)}
          </label>
        ))}
      </div>
      {error && <p className={styles.error}>{error}</p>}
    </fieldset>
  );
}
