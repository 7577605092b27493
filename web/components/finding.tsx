/** What came out, in a sentence that is read first, coloured by how good it is. */
import type { ReactNode } from "react";
import type { Tone } from "../lib/tone.ts";
import { t } from "../lib/words/t.ts";
import styles from "./finding.module.css";

interface Props {
  readonly tone: Tone;
  readonly headline: string;
  readonly children?: ReactNode;
}

export function Finding({ tone, headline, children }: Props) {
  return (
    <section className={`${styles.finding} ${styles[tone]}`} aria-label={t("Verdict")} data-testid="verdict">
      <strong>{headline}</strong>
      {children}
    </section>
  );
}
