/** A sweep: one recipe with every combination of some values of its hyperparameters. Pure. */
import { InvalidInput } from "../domain/errors.ts";
import { type FieldName, recipeFields } from "./catalogue.ts";
import { checkValue } from "./check-value.ts";
import type { TrainingRequest } from "./training-config.ts";

export interface SweepAxis {
  /** A hyperparameter that a sweep may vary. */
  readonly field: string;
  /** As JSON text: 0.001, "HUBER", [{"units":32}]. */
  readonly values: readonly string[];
}

export interface SweepMember {
  readonly changes: TrainingRequest;
  /** What tells it from the others: "learning rate 0.001, seed 3". */
  readonly part: string;
}

const mostAxes = 4;
const sweepable = recipeFields.filter(({ field }) => field.isSweepable);

/**
 * @param most how many combinations there may be
 * @throws InvalidInput naming the axis or value, what was expected and what came
 */
export function sweepOf(axes: readonly SweepAxis[], most: number): SweepMember[] {
  if (axes.length === 0 || axes.length > mostAxes)
    throw new InvalidInput("sweep", `sweep must vary 1..${mostAxes} fields, got ${axes.length}`);
  const checked = axes.map(checkAxis);
  const repeated = axes.findIndex(({ field }, at) => axes.findIndex((one) => one.field === field) < at);
  if (repeated >= 0)
    throw new InvalidInput(
      `sweep[${repeated}].field`,
      `sweep must name a field once, got ${axes[repeated]!.field} twice`,
    );
  const count = checked.reduce((product, { values }) => product * values.length, 1);
  if (count < 2 || count > most)
    throw new InvalidInput("sweep", `sweep must make 2..${most} combinations, got ${count}`);
  let members: SweepMember[] = [{ changes: {}, part: "" }];
  for (const { name, label, values } of checked)
    members = members.flatMap(({ changes, part }) =>
      values.map((value) => ({
        changes: { ...changes, [name]: value },
        part: `${part && `${part}, `}${label.toLowerCase()} ${valueText(value)}`,
      })),
    );
  return members;
}

function checkAxis(
  { field: asked, values }: SweepAxis,
  at: number,
): { name: FieldName; label: string; values: readonly unknown[] } {
  const path = `sweep[${at}]`;
  const found = sweepable.find(({ name }) => name === asked);
  if (!found) {
    const names = sweepable.map(({ name }) => name).join(", ");
    throw new InvalidInput(`${path}.field`, `${path}.field must be one of ${names}, got ${asked}`);
  }
  const seen = new Set<string>();
  const read = values.map((text, index) => {
    const value = checkValue(asked, found.field, parsed(`${path}.values[${index}]`, text));
    // As it is read: 0.001 and 1e-3 are one value.
    const key = JSON.stringify(value);
    if (seen.has(key))
      throw new InvalidInput(
        `${path}.values[${index}]`,
        `the values of ${asked} must not repeat, got ${text} twice`,
      );
    seen.add(key);
    return value;
  });
  if (read.length === 0)
    throw new InvalidInput(`${path}.values`, `${path}.values must name at least one value, got none`);
  return { name: found.name, label: found.field.label, values: read };
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InvalidInput(path, `${path} must be JSON, such as 0.001 or "HUBER", got ${text}`);
  }
}

/** Of a hyperparameter, as a name has it. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(" + ");
  if (value !== null && typeof value === "object")
    return Object.values(value)
      .filter((part) => part !== null && part !== 0)
      .map(String)
      .join(" ");
  return value === null ? "none" : String(value);
}
