/** An address that leads nowhere. */
"use client";
import { NothingHere } from "../components/nothing-here.tsx";
import { t } from "../lib/words/t.ts";

export default function NotFound() {
  return (
    <NothingHere title={t("There is no such page")} href="/" way={t("To what is happening now")}>
      {t("The address may be mistyped.")}
    </NothingHere>
  );
}
