/** The frame around every page: the bar on top, the word about the connection, the page itself. */
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Announcer } from "../components/announcer.tsx";
import { ConnectionBanner } from "../components/connection-banner.tsx";
import { FocusKeeper } from "../components/focus-keeper.tsx";
import { Preferences } from "../components/preferences.tsx";
import { TopBar } from "../components/top-bar.tsx";
import { Bell } from "../entities/run-list/bell.tsx";
import { droppedFilesScript } from "../entities/series-import/dropped-files.ts";
import { PaletteButton } from "../features/palette/palette-button.tsx";
import { themeScript } from "../lib/theme.ts";
import { isToldByServer, language, languageOf, speak, tagOf } from "../lib/words/language.ts";
import { InItsLanguage } from "./in-its-language.tsx";
import { Providers } from "./providers.tsx";
import { SkipLink } from "./skip-link.tsx";
import "./styles/tokens.css";
import "./styles/base.css";
import styles from "./layout.module.css";
import { nonceOf } from "./nonce.ts";

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

export default async function RootLayout({ children }: { children: ReactNode }) {
  const asked = await headers();
  // While one develops, Next runs without our server.
  if (!isToldByServer()) speak(languageOf(asked.get("cookie"), asked.get("accept-language")));
  const spoken = language();
  return (
    // The scripts are for what comes before React: the theme, and files that are dropped. Browsers hide nonces from React.
    <html lang={tagOf[spoken]} suppressHydrationWarning>
      <head>
        <script
          nonce={nonceOf(asked)}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: it is written in our own files, without a variable part
          dangerouslySetInnerHTML={{ __html: themeScript + droppedFilesScript }}
        />
        {/* Not by Next's metadata: behind a proxy that asks for a password, it is fetched with it only when told so. */}
        <link rel="manifest" href="/manifest.webmanifest" crossOrigin="use-credentials" />
      </head>
      <body>
        <InItsLanguage language={spoken}>
          <SkipLink />
          <Providers>
            <TopBar
              tools={
                <>
                  <PaletteButton />
                  <Bell />
                  <Preferences />
                </>
              }
            />
            <main id="main" className={styles.main}>
              {children}
            </main>
            <ConnectionBanner />
            <Announcer />
            <FocusKeeper />
          </Providers>
        </InItsLanguage>
      </body>
    </html>
  );
}
