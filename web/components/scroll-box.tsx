/** Holds what may be wider than the screen, such as a table: it scrolls by itself, by finger and by keyboard, and the page does not. */
import type { ReactNode, Ref } from "react";
import styles from "./scroll-box.module.css";

interface Props {
  readonly label: string;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}

export function ScrollBox({ label, ref, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
    <section ref={ref} className={styles.box} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
