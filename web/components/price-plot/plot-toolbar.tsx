/** What a price plot can be told beside it: how much of it is in view, how it is drawn, and to take it away as a file. */
"use client";
import type { TimeRange } from "../../lib/time-range.ts";
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
  readonly onCsv: () => void;
}

export function PlotToolbar(props: Props) {
  const { periods, all, view, isSelecting, look } = props;
  return (
    <div className={styles.toolbar}>
      <fieldset className={styles.group}>
        <legend className="visually-hidden">How much is in view</legend>
        {periods.map((period) => (
          <Button
            kind="quiet"
            key={period.name}
            aria-label={`${period.name}: ${period.words}`}
            aria-pressed={isShown(period, all, view)}
            onClick={() => props.onView(periodRange(period, all))}
          >
            {period.name}
          </Button>
        ))}
        <Button
          kind="quiet"
          aria-pressed={isSelecting}
          title="Or hold Shift and drag"
          onClick={() => props.onSelecting(!isSelecting)}
        >
          Select
        </Button>
        <Button
          kind="quiet"
          disabled={!props.canStepBack}
          aria-label="One step back"
          title="Or Escape"
          onClick={props.onStepBack}
        >
          Back
        </Button>
      </fieldset>
      <div className={styles.group}>
        <Segmented
          label="Drawn as"
          value={look}
          choices={[
            { value: "line", name: "Line" },
            { value: "candles", name: "Candles" },
          ]}
          onChange={props.onLook}
        />
        {look === "candles" && (
          <Segmented
            label="Rising prices are"
            value={props.upColour}
            choices={[
              { value: "green", name: "Green up" },
              { value: "red", name: "Red up" },
            ]}
            onChange={props.onUpColour}
          />
        )}
        <Button kind="quiet" onClick={props.onPicture} aria-label="Save the chart as a PNG picture">
          PNG
        </Button>
        <Button kind="quiet" onClick={props.onCsv} aria-label="Save the bars in view as a CSV file">
          CSV
        </Button>
      </div>
    </div>
  );
}
