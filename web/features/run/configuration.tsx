/** What the run was asked to do, in the API's words. */
import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import type { Run } from "./run.ts";

export function Configuration({ config }: { config: Run["config"] }) {
  return (
    <Card title="Configuration">
      <Facts facts={config.facts.map(({ label, text }) => [label, text] as const)} />
    </Card>
  );
}
