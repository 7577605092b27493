/** What stands in the place of the rows where there are none. */
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty, Failure } from "../../components/states.tsx";
import type { ApiError } from "../../lib/api-error.ts";
import { t } from "../../lib/words/t.ts";

/** A link that was mistyped, or a view that another version kept: asking again would not help. */
const isOfLook = (error: ApiError | null): boolean => /^(sort|columns)\b/.test(error?.field ?? "");

interface Props {
  readonly error: ApiError | null;
  readonly isNarrowed: boolean;
  readonly isFetching: boolean;
  readonly onRetry: () => void;
  /** The expression cannot be read, as is said beside it. */
  readonly isUnread: boolean;
  readonly onShowAll: () => void;
  /** Lays the order and the columns of the address aside. */
  readonly onUsualLook: () => void;
}

export function NoRuns(props: Props) {
  const { error, isNarrowed, isFetching, isUnread, onRetry, onShowAll, onUsualLook } = props;
  if (isUnread)
    return (
      <Empty
        title={t("The filter cannot be read")}
        action={<Button onClick={onShowAll}>{t("Show all runs")}</Button>}
      >
        {t("What is missing or wrong is said above.")}
      </Empty>
    );
  if (isOfLook(error))
    return (
      <Empty
        title={t("This address asks for what the table does not have")}
        action={<Button onClick={onUsualLook}>{t("Show the usual columns and order")}</Button>}
      >
        {error?.message}
      </Empty>
    );
  if (error) return <Failure error={error} onRetry={onRetry} />;
  if (isFetching && isNarrowed) return null;
  if (isNarrowed)
    return (
      <Empty title={t("No run fits")} action={<Button onClick={onShowAll}>{t("Show all runs")}</Button>}>
        {t("No run meets all that is asked for above.")}
      </Empty>
    );
  return (
    <Empty
      title={t("Nothing trained yet")}
      action={
        <ButtonLink href="/runs/new" kind="primary">
          {t("Start a run")}
        </ButtonLink>
      }
    >
      {t("Pick a price series, and watch a network learn it epoch by epoch.")}
    </Empty>
  );
}
