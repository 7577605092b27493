/** Holds what may be wider than the screen, such as a table: it scrolls by itself, by finger and by keyboard, and the page does not. */
import type { ReactNode } from "react";
import styles from "./scroll-box.module.css";

export function ScrollBox({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
    <section className={styles.box} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
