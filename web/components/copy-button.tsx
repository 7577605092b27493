/** Puts a text into the clipboard, and says so. */
"use client";
import { useState } from "react";
import { t } from "../lib/words/t.ts";
import { Button } from "./button.tsx";

/** Long enough to be read. */
const saidForMs = 2_000;

export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [said, setSaid] = useState<string | null>(null);
  return (
    <Button
      onClick={() => {
        // Refused, or missing on pages without HTTPS.
        const copying = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
        copying.then(
          () => setSaid(t("Copied")),
          () => setSaid(t("Select and copy it by hand")),
        );
        setTimeout(() => setSaid(null), saidForMs);
      }}
    >
      <span aria-live="polite">{said ?? t("Copy")}</span>
      {said === null && <span className="visually-hidden"> {what}</span>}
    </Button>
  );
}
