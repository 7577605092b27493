/** A button of the top bar that is a sign only; its name is for those who hear it, and in its title. */
import type { ComponentProps } from "react";
import styles from "./icon-button.module.css";

interface Props extends ComponentProps<"button"> {
  readonly name: string;
  /** Of an outline in a box of 20 by 20. */
  readonly path: string;
}

export function IconButton({ name, path, children, ...rest }: Props) {
  return (
    <button type="button" className={styles.button} aria-label={name} title={name} {...rest}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <path
          d={path}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      </svg>
      {children}
    </button>
  );
}
