/** What an unfinished run is worth so far. Stands where its verdict will. */
import { Finding } from "../../components/finding.tsx";
import type { EpochPoint } from "../../entities/run-history/run-history.ts";
import { t } from "../../lib/words/t.ts";
import type { Run } from "./run.ts";
import { soFar } from "./so-far.ts";

interface Props {
  readonly run: Run;
  readonly epochs: readonly EpochPoint[];
  readonly status: Run["status"];
}

export function SoFarCard({ run, epochs, status }: Props) {
  const isCancelled = status === "CANCELLED";
  const { tone, headline, explanation } = soFar(epochs, run.naiveLoss, { isActive: !isCancelled });
  return (
    <Finding tone={tone} headline={headline}>
      <p>
        {isCancelled && epochs.length > 0
          ? t(
              "It was stopped and not scored. Resume it and it goes on from there; stopped with its scores, it shows what its best epoch is worth.",
            )
          : explanation}
      </p>
    </Finding>
  );
}
