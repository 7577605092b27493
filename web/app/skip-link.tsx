/** The first thing that a keyboard reaches. */
"use client";
import { t } from "../lib/words/t.ts";
import styles from "./layout.module.css";

export const SkipLink = () => (
  <a className={styles.skip} href="#main">
    {t("Skip to the content")}
  </a>
);
