/** A page about what is not there, and a way on. */
import type { ReactNode } from "react";
import { t } from "../lib/words/t.ts";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import styles from "./states.module.css";
import { TabTitle } from "./tab-title.tsx";

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  readonly href: string;
  /** Where that leads. */
  readonly way: string;
}

export function NothingHere({ title, children, href, way }: Props) {
  return (
    <Card>
      <TabTitle>{t("Not found")}</TabTitle>
      <div className={styles.state}>
        <h1>{title}</h1>
        <p>{children}</p>
        <ButtonLink href={href}>{way}</ButtonLink>
      </div>
    </Card>
  );
}
