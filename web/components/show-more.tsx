/** Stands below a list that goes on. */
"use client";
import { count } from "../lib/format.ts";
import { longestList } from "../lib/use-page-size.ts";
import { t } from "../lib/words/t.ts";
import { Button } from "./button.tsx";
import styles from "./show-more.module.css";

interface Props {
  readonly list:
    | {
        readonly totalCount: number;
        readonly pageInfo: { readonly hasNextPage: boolean };
        readonly edges: readonly unknown[];
      }
    | undefined;
  readonly isFetching: boolean;
  readonly onMore: () => void;
}

export function ShowMore({ list, isFetching, onMore }: Props) {
  if (!list?.pageInfo.hasNextPage) return null;
  const shown = list.edges.length;
  return (
    <p className={styles.more}>
      <span>{t("list|{shown} of {total}", { shown: count(shown), total: count(list.totalCount) })}</span>
      {shown < longestList ? (
        <Button onClick={onMore} disabled={isFetching}>
          {t("Show more")}
        </Button>
      ) : (
        <span>{t("Search to find older ones.")}</span>
      )}
    </p>
  );
}
