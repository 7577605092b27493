/** Whose predictions are laid over what came. */
"use client";
import input from "../../components/input.module.css";
import { forecasterName, type NamedForecaster } from "../../entities/run/forecaster.ts";
import type { Target } from "../../entities/run/target.ts";
import { keyOf } from "./leaderboard.ts";
import styles from "./step-choice.module.css";

interface Props {
  /** For those who do not see what it is about. */
  readonly label: string;
  readonly forecasters: readonly NamedForecaster[];
  readonly target: Target;
  /** As keyOf tells them apart. */
  readonly value: string;
  readonly onChange: (key: string) => void;
}

export function ForecasterChoice({ label, forecasters, target, value, onChange }: Props) {
  const ownFirst = [...forecasters].sort(
    (a, b) => Number(b.forecaster === "GRU") - Number(a.forecaster === "GRU"),
  );
  return (
    <label className={styles.step}>
      <span className="visually-hidden">{label}</span>
      <select className={input.input} value={value} onChange={(event) => onChange(event.target.value)}>
        {ownFirst.map((one) => (
          <option key={keyOf(one)} value={keyOf(one)}>
            {forecasterName(one, target)}
          </option>
        ))}
      </select>
    </label>
  );
}
