/** What the catalogue says of a hyperparameter. The kind decides which values it takes; the rest is words and rules. */
import type { PriceField } from "../domain/price-series.ts";
import type { IndicatorKind } from "./indicators.ts";

/** Values of an enum of the API, each with its name for people and its meaning for programs. */
export interface ChoiceSet<Value extends string = string> {
  /** Name of the API's enum. */
  readonly type: string;
  readonly description: string;
  readonly values: Readonly<Record<Value, { readonly label: string; readonly meaning: string }>>;
}
export const valuesOf = <Value extends string>({ values }: ChoiceSet<Value>): Value[] =>
  Object.keys(values) as Value[];

export const recipeGroups = ["DATA", "MODEL", "TRAINING"] as const;
export type RecipeGroup = (typeof recipeGroups)[number];

interface About {
  /** What people call it. */
  readonly label: string;
  /** A short hint for people, in a form. */
  readonly help: string;
  /** What it is, for programs: the API's description. */
  readonly description: string;
  /** The description of the request's field, where it differs. */
  readonly requestDescription?: string;
  /** Which part of the form shows it. */
  readonly group: RecipeGroup;
  /** Of its numbers, in the plural. */
  readonly unit?: string;
  /**
   * Edition of the catalogue in which it came. Those of edition 1 are always a part of an idempotency key's hash, later
   * ones only where they are not the default: a new field leaves the hashes of older requests as they are.
   */
  readonly since: number;
  /** Whether a sweep may vary it. */
  readonly isSweepable: boolean;
  /** It has no effect unless this other field, a boolean, has this value. */
  readonly appliesWhen?: { readonly field: string; readonly is: boolean };
  /** The value that switches it off: a run's facts leave it out. */
  readonly off?: number | boolean | string | null;
}

/** A null default stands for what no constant can say: `omitted` says it in words. */
interface WithDefault<Value> {
  readonly default: Value | null;
  readonly omitted?: string;
}

export interface NumberRange {
  readonly minimum: number;
  readonly maximum?: number;
  readonly isMinimumExclusive?: true;
  readonly isMaximumExclusive?: true;
}

interface NumberField extends About, WithDefault<number>, NumberRange {
  readonly kind: "INTEGER" | "NUMBER";
  /** Null is a value of the configuration too, not only of the request. */
  readonly mayBeNull?: true;
}
interface BooleanField extends About, WithDefault<boolean> {
  readonly kind: "BOOLEAN";
}
interface ChoiceField extends About, WithDefault<string> {
  readonly kind: "CHOICE";
  readonly choices: ChoiceSet;
}
interface ChoicesField extends About, WithDefault<readonly string[]> {
  readonly kind: "CHOICES";
  readonly choices: ChoiceSet;
}
/** The recurrent layers; the range is that of their number. */
interface LayersField extends About, WithDefault<readonly GruLayer[]> {
  readonly kind: "LAYERS";
  readonly minimum: number;
  readonly maximum: number;
}

/** Numbers computed of the bars so far; the range is that of their number. */
interface IndicatorsField extends About, WithDefault<readonly Indicator[]> {
  readonly kind: "INDICATORS";
  readonly minimum: number;
  readonly maximum: number;
}

/** Columns of other series; the range is that of their number. */
interface OtherSeriesField extends About, WithDefault<readonly OtherSeries[]> {
  readonly kind: "OTHER_SERIES";
  readonly minimum: number;
  readonly maximum: number;
}

export type RecipeField =
  | NumberField
  | BooleanField
  | ChoiceField
  | ChoicesField
  | LayersField
  | IndicatorsField
  | OtherSeriesField;

export interface GruLayer {
  readonly units: number;
  /** Share of the layer's outputs that is dropped in training, [0, 1). */
  readonly dropout: number;
}
export interface RequestedLayer {
  readonly units: number;
  readonly dropout?: number | null;
}

export interface Indicator {
  readonly kind: IndicatorKind;
  /** In bars; null for a kind that has none. */
  readonly period: number | null;
}
export interface RequestedIndicator {
  readonly kind: IndicatorKind;
  /** Absent or null: the kind's usual one. */
  readonly period?: number | null;
}

/** A column of another series. */
export interface OtherSeries {
  readonly priceSeriesId: string;
  readonly field: PriceField;
  /** What people call the series; null before the run is queued, as below. */
  readonly symbol: string | null;
  /** The bars that the run sees of it, whatever is imported later. */
  readonly seriesVersionId: string | null;
}
export interface RequestedOtherSeries extends Pick<OtherSeries, "priceSeriesId"> {
  /** Absent or null: the close. */
  readonly field?: PriceField | null;
  /** Set when the run is queued, never by who asks. */
  readonly symbol?: string | null;
  readonly seriesVersionId?: string | null;
}

/** The type of a field's values in a configuration. */
export type ValueOf<Field extends RecipeField> = Field extends { kind: "INTEGER" | "NUMBER" }
  ? Field extends { mayBeNull: true }
    ? number | null
    : number
  : Field extends { kind: "BOOLEAN" }
    ? boolean
    : Field extends { kind: "CHOICE"; choices: ChoiceSet<infer Value> }
      ? Value
      : Field extends { kind: "CHOICES"; choices: ChoiceSet<infer Value> }
        ? readonly Value[]
        : Field extends { kind: "INDICATORS" }
          ? readonly Indicator[]
          : Field extends { kind: "OTHER_SERIES" }
            ? readonly OtherSeries[]
            : readonly GruLayer[];
