/** The bar on top: where one is and where one can go. */
"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { t } from "../lib/words/t.ts";
import { ButtonLink } from "./button.tsx";
import { LiveDot } from "./live-dot.tsx";
import { Logo } from "./logo.tsx";
import { PageLink } from "./page-link.tsx";
import styles from "./top-bar.module.css";

const places = () => [
  { href: "/", name: t("page|Now"), isHere: (path: string) => path === "/" },
  {
    href: "/runs",
    name: t("Runs"),
    isHere: (path: string) => ["/runs", "/experiments", "/compare"].some((start) => path.startsWith(start)),
  },
  { href: "/series", name: t("Series"), isHere: (path: string) => path.startsWith("/series") },
  { href: "/system", name: t("System"), isHere: (path: string) => path.startsWith("/system") },
];

/** The same in every language. */
const brand = "Gatecast";

/** @param tools small buttons at its end */
export function TopBar({ tools }: { tools: ReactNode }) {
  const path = usePathname();
  return (
    <header className={styles.bar}>
      <div className={styles.inner}>
        <PageLink href="/" className={styles.brand} aria-label={t("Gatecast, to what is happening now")}>
          <Logo />
          <span>{brand}</span>
        </PageLink>
        <nav className={styles.places} aria-label={t("Main")}>
          {places().map(({ href, name, isHere }) => (
            <PageLink key={href} href={href} aria-current={isHere(path) ? "page" : undefined}>
              {name}
            </PageLink>
          ))}
        </nav>
        <LiveDot />
        <div className={styles.tools}>{tools}</div>
        <ButtonLink href="/runs/new" kind="primary">
          {t("New run")}
        </ButtonLink>
      </div>
    </header>
  );
}
