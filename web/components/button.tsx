/** Buttons, and links that look like them. */

import type { ComponentProps } from "react";
import styles from "./button.module.css";
import { PageLink } from "./page-link.tsx";

type Kind = "primary" | "plain" | "danger" | "quiet";

export function Button({ kind = "plain", className, ...rest }: ComponentProps<"button"> & { kind?: Kind }) {
  return (
    <button
      type="button"
      {...rest}
      className={[styles.button, styles[kind], className].filter(Boolean).join(" ")}
    />
  );
}

export function ButtonLink({ kind = "plain", ...rest }: ComponentProps<typeof PageLink> & { kind?: Kind }) {
  return <PageLink {...rest} className={`${styles.button} ${styles[kind]}`} />;
}
