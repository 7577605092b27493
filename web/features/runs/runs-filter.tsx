/** Narrows the list of runs by status and words. */
"use client";
import input from "../../components/input.module.css";
import { Segmented } from "../../components/segmented.tsx";
import type { RunsFilter } from "../../entities/run-list/live-runs.ts";
import type { RunStatus } from "../../graphql/generated/graphql.ts";
import styles from "./runs-filter.module.css";

type Choice = "ALL" | "ACTIVE" | "SUCCEEDED" | "FAILED" | "CANCELLED";

const statusesOf: Readonly<Record<Choice, readonly RunStatus[]>> = {
  ALL: [],
  ACTIVE: ["QUEUED", "RUNNING"],
  SUCCEEDED: ["SUCCEEDED"],
  FAILED: ["FAILED"],
  CANCELLED: ["CANCELLED"],
};
const choices: readonly { value: Choice; name: string }[] = [
  { value: "ALL", name: "All" },
  { value: "ACTIVE", name: "Active" },
  { value: "SUCCEEDED", name: "Succeeded" },
  { value: "FAILED", name: "Failed" },
  { value: "CANCELLED", name: "Cancelled" },
];
const choiceOf = (status: readonly RunStatus[]): Choice =>
  choices.find(({ value }) => statusesOf[value].join() === status.join())?.value ?? "ALL";

export function RunsFilterBar({
  filter,
  onChange,
}: {
  filter: RunsFilter;
  onChange: (filter: RunsFilter) => void;
}) {
  return (
    <search className={styles.bar}>
      <Segmented
        label="Status"
        value={choiceOf(filter.status)}
        choices={choices}
        onChange={(choice) => onChange({ ...filter, status: statusesOf[choice] })}
      />
      <input
        type="search"
        className={input.input}
        aria-label="Search runs"
        placeholder="Search name or symbol"
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.target.value })}
      />
    </search>
  );
}
