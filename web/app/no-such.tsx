/** What a page says whose run, series or experiment is not there. */
"use client";
import { NothingHere } from "../components/nothing-here.tsx";
import { t } from "../lib/words/t.ts";

const ways = { run: "/runs", series: "/series", experiment: "/runs?group=true" } as const;
export type Sought = keyof typeof ways;

export function NoSuch({ what }: { what: Sought }) {
  const { title, reason, way } = wordsOf(what);
  return (
    <NothingHere title={title} href={ways[what]} way={way}>
      {reason}
    </NothingHere>
  );
}

function wordsOf(what: Sought) {
  if (what === "run")
    return {
      title: t("There is no such run"),
      reason: t("The address may be mistyped, or the run was deleted."),
      way: t("All runs"),
    };
  if (what === "series")
    return {
      title: t("There is no such series"),
      reason: t("The address may be mistyped, or the series was deleted."),
      way: t("All series"),
    };
  return {
    title: t("There is no such experiment"),
    reason: t("The address may be mistyped, or the experiment was deleted."),
    way: t("All experiments"),
  };
}
