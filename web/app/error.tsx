/** What stands in the place of a page that broke. */
"use client";
import { Card } from "../components/card.tsx";
import { Failure } from "../components/states.tsx";

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Card>
      <Failure
        error={{ message: `This page broke: ${error.message}`, field: null, code: null }}
        onRetry={reset}
      />
    </Card>
  );
}
