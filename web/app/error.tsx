/** What stands in the place of a page that broke. */
"use client";
import { Card } from "../components/card.tsx";
import { Failure } from "../components/states.tsx";
import { TabTitle } from "../components/tab-title.tsx";
import { t } from "../lib/words/t.ts";

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Card>
      <TabTitle>{t("Broken page")}</TabTitle>
      <Failure
        error={{ message: t("This page broke: {reason}", { reason: error.message }) }}
        onRetry={reset}
      />
    </Card>
  );
}
