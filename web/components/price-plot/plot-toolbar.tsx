/** What a price plot can be told beside it: how much of it is in view, how it is drawn, and to take it away as a file. */
"use client";
import type { TimeRange } from "../../lib/time-range.ts";
import { t } from "../../lib/words/t.ts";
import { Button } from "../button.tsx";
import { Segmented } from "../segmented.tsx";
import type { PriceLook, UpColour } from "./plot-style.ts";
import styles from "./price-plot.module.css";
import { isShown, type Period, periodRange } from "./views.ts";

interface Props {
  readonly periods: readonly Period[];
  readonly all: TimeRange;
  readonly view: TimeRange;
  readonly onView: (range: TimeRange) => void;
  readonly look: PriceLook;
  readonly onLook: (look: PriceLook) => void;
  readonly upColour: UpColour;
  readonly onUpColour: (colour: UpColour) => void;
  readonly isSelecting: boolean;
  readonly onSelecting: (isSelecting: boolean) => void;
  readonly canStepBack: boolean;
  readonly onStepBack: () => void;
  readonly onPicture: () => void;
  readonly onSvg: () => void;
  readonly onCsv: () => void;
}

export function PlotToolbar(props: Props) {
  const { periods, all, view, isSelecting, look } = props;
  return (
    <div className={styles.toolbar}>
      <fieldset className={styles.group}>
        <legend className="visually-hidden">{t("How much is in view")}</legend>
        {periods.map((period) => (
          <Button
            kind="quiet"
            key={period.name}
            aria-label={t("{name}: {words}", { name: period.name, words: period.words })}
            aria-pressed={isShown(period, all, view)}
            onClick={() => props.onView(periodRange(period, all))}
          >
            {period.name}
          </Button>
        ))}
        <Button
          kind="quiet"
          aria-pressed={isSelecting}
          title={t("Or hold Shift and drag")}
          onClick={() => props.onSelecting(!isSelecting)}
        >
          {t("plot|Select")}
        </Button>
        <Button
          kind="quiet"
          disabled={!props.canStepBack}
          aria-label={t("One step back")}
          title={t("Or Escape")}
          onClick={props.onStepBack}
        >
          {t("plot|Back")}
        </Button>
      </fieldset>
      <div className={styles.group}>
        <Segmented
          label={t("Drawn as")}
          value={look}
          choices={[
            { value: "line", name: t("look|Line") },
            { value: "candles", name: t("Candles") },
          ]}
          onChange={props.onLook}
        />
        {look === "candles" && (
          <Segmented
            label={t("Rising prices are")}
            value={props.upColour}
            choices={[
              { value: "green", name: t("Green up") },
              { value: "red", name: t("Red up") },
            ]}
            onChange={props.onUpColour}
          />
        )}
        <Button kind="quiet" onClick={props.onPicture} aria-label={t("Save the chart as a PNG picture")}>
          {t("PNG")}
        </Button>
        <Button kind="quiet" onClick={props.onSvg} aria-label={t("Save the chart as an SVG drawing")}>
          {t("SVG")}
        </Button>
        <Button kind="quiet" onClick={props.onCsv} aria-label={t("Save the bars in view as a CSV file")}>
          {t("CSV")}
        </Button>
      </div>
    </div>
  );
}
