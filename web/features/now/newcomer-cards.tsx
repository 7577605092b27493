/** The recipes side by side, for a newcomer, with a way to put them away. */
import { Button } from "../../components/button.tsx";
import { t } from "../../lib/words/t.ts";
import styles from "./newcomer-cards.module.css";
import type { RecipeCard } from "./recipe-cards.ts";
import { RecipesSideBySide } from "./recipes-side-by-side.tsx";

interface Props {
  readonly cards: readonly RecipeCard[];
  readonly onPutAway: () => void;
}

export function NewcomerCards({ cards, onPutAway }: Props) {
  if (cards.length === 0) return null;
  return (
    <div className={styles.place}>
      <RecipesSideBySide cards={cards} />
      <Button kind="quiet" onClick={onPutAway}>
        {t("Put these away")}
      </Button>
    </div>
  );
}
