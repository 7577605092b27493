/** What the run was asked to do, in the API's words, and what did it. */
import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import { duration, word } from "../../lib/format.ts";
import type { Run } from "./run.ts";

export function Configuration({ run }: { run: Run }) {
  const { config, engine, device, startedAt, finishedAt } = run;
  const tookMs = startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
  return (
    <Card title="Configuration">
      <Facts
        facts={[
          ...config.facts.map(({ label, text }) => [label, text] as const),
          ...(engine ? [["Trained by", `${word(engine)}${device ? `, ${device}` : ""}`] as const] : []),
          ...(tookMs === null ? [] : [["Took", duration(tookMs)] as const]),
        ]}
      />
    </Card>
  );
}
