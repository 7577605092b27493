/** The recipes of one series side by side, each with what it is worth. Their places and heights stay. */
import { PageLink } from "../../components/page-link.tsx";
import { Skill } from "../../entities/run/skill.tsx";
import { StatusChip } from "../../entities/run/status-chip.tsx";
import { t } from "../../lib/words/t.ts";
import type { RecipeCard } from "./recipe-cards.ts";
import styles from "./recipes-side-by-side.module.css";

export function RecipesSideBySide({ cards }: { cards: readonly RecipeCard[] }) {
  if (cards.length === 0) return null;
  return (
    <ul className={styles.cards} aria-label={t("Recipes side by side")} data-testid="recipes">
      {cards.map((card) => (
        <li key={card.presetId} data-recipe={card.presetId}>
          <p className={styles.question}>{card.question ?? t("Another recipe")}</p>
          <p className={styles.name}>
            <PageLink href={card.href}>{card.title}</PageLink>
            <span>{card.series}</span>
          </p>
          <p className={styles.skill}>
            {card.skill === null ? <StatusChip status={card.status} /> : <Skill value={card.skill} />}
          </p>
          <p className={styles.words}>{card.words}</p>
        </li>
      ))}
    </ul>
  );
}
