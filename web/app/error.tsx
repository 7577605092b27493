/** What stands in the place of a page that broke. */
"use client";
import { Card } from "../components/card.tsx";
import { Failure } from "../components/states.tsx";
import { TabTitle } from "../components/tab-title.tsx";

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Card>
      <TabTitle>Broken page</TabTitle>
      <Failure error={{ message: `This page broke: ${error.message}` }} onRetry={reset} />
    </Card>
  );
}
