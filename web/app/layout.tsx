/** The frame around every page: the bar on top, the word about the connection, the page itself. */
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Announcer } from "../components/announcer.tsx";
import { ConnectionBanner } from "../components/connection-banner.tsx";
import { TopBar } from "../components/top-bar.tsx";
import { Bell } from "../entities/run-list/bell.tsx";
import { Providers } from "./providers.tsx";
import "./styles/tokens.css";
import "./styles/base.css";
import styles from "./layout.module.css";

// Each answer has a nonce of its own for its scripts (server/http/browser-headers.ts), so no page is made in advance.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  description: "Trains gated recurrent networks on price series and lets a team watch them live.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f6f4" },
    { media: "(prefers-color-scheme: dark)", color: "#101216" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <a className={styles.skip} href="#main">
          Skip to the content
        </a>
        <Providers>
          <TopBar bell={<Bell />} />
          <main id="main" className={styles.main}>
            {children}
          </main>
          <ConnectionBanner />
          <Announcer />
        </Providers>
      </body>
    </html>
  );
}
