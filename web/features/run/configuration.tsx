/** What the run was asked to do. */
import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import { type Config, configurationFacts } from "./configuration-facts.ts";

export function Configuration({ config }: { config: Config }) {
  return (
    <Card title="Configuration">
      <Facts facts={configurationFacts(config)} />
    </Card>
  );
}
