/** The run for programs: what to send for what this page shows. */
"use client";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { t } from "../../lib/words/t.ts";
import styles from "./api-card.module.css";
import { type SnippetKind, snippetKinds, snippetOf } from "./api-snippets.ts";

const choices = () =>
  snippetKinds.map((kind) => ({ value: kind, name: kind === "Subscribe" ? t("Subscribe") : kind }));

export function ApiCard({ runId }: { runId: string }) {
  const [kind, setKind] = useState<SnippetKind>("curl");
  const [said, setSaid] = useState("");
  const text = snippetOf(kind, runId, typeof location === "undefined" ? "" : location.origin);
  const copy = async () => {
    // Without a secure connection browsers have no clipboard: the text can be marked by hand.
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setSaid(isCopied ? t("Copied") : t("The browser does not allow it here: mark the text and copy it."));
  };
  return (
    <Card
      title={t("API")}
      note={t("The same by program")}
      actions={
        <>
          <Segmented
            label={t("Language")}
            value={kind}
            choices={choices()}
            onChange={(chosen) => {
              setKind(chosen);
              setSaid("");
            }}
          />
          <Button onClick={copy}>{t("Copy")}</Button>
          <span role="status">{said}</span>
        </>
      }
    >
      <section
        className={styles.snippet}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
        tabIndex={0}
        aria-label={t("{kind} for this run", { kind })}
        data-testid="snippet"
      >
        <pre>{text}</pre>
      </section>
    </Card>
  );
}
