/** What the model confidence set says, in a sentence. Pure. */
import type { BestOfRunsQuery } from "../../graphql/generated/graphql.ts";
import { t } from "../../lib/words/t.ts";

export type BestOfRuns = BestOfRunsQuery["bestOfRuns"];

export function bestWords({ compared }: Pick<BestOfRuns, "compared">): string {
  const inSet = compared.filter(({ mayBeBest }) => mayBeBest);
  const tested = compared.filter(({ pValue }) => pValue !== null);
  const [only] = inSet;
  if (inSet.length === 1 && only)
    return only.isNaive
      ? t("The naive forecast errs less than every run by more than luck.")
      : t("One run errs less than all others by more than luck.");
  if (inSet.length === tested.length)
    return t("None can be told apart from the best: the differences may be luck.");
  if (inSet.some(({ isNaive }) => isNaive))
    return t(
      "Some are behind by more than luck; of the rest, the naive forecast among them, any may be the best.",
    );
  return t(
    "Some are behind by more than luck; of the rest any may be the best, and the naive forecast is not.",
  );
}
