/** Opens the palette by its button or by Ctrl-K, the list of keys by ?, and the page's search by /. */
"use client";
import dynamic from "next/dynamic";
import { useLayoutEffect, useState } from "react";
import { createPortal } from "react-dom";
import { IconButton } from "../../components/icon-button.tsx";
import { t } from "../../lib/words/t.ts";
import { askedBy } from "./keys.ts";

// Not fetched before someone asks for them.
const Palette = dynamic(async () => (await import("./palette.tsx")).Palette, { ssr: false });
const KeysDialog = dynamic(async () => (await import("./keys-dialog.tsx")).KeysDialog, { ssr: false });

const glass = "M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11ZM13 13l4 4";
const isField = (target: Element): boolean =>
  target.matches(
    "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]",
  );

export function PaletteButton() {
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  // Not after the paint: React, which a key calls to a page that is not yet alive, would come too late for that key.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const isTyping = isField(event.target as Element);
      const asked = askedBy(event, isTyping);
      // Another dialog comes first: it holds what is half done.
      if (asked === null || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      const searches = document.querySelectorAll<HTMLInputElement>("main input[type=search]");
      const search = [...searches].find((field) => field.checkVisibility());
      if (asked !== "search") setOpen(asked);
      else if (search) {
        search.focus();
        search.select();
      } else setOpen("palette");
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  const close = () => setOpen(null);
  return (
    <>
      <IconButton
        name={t("Find or do")}
        title={t("Find a run, a series or an action (Ctrl K)")}
        aria-keyshortcuts="Control+K Meta+K"
        path={glass}
        onClick={() => setOpen("palette")}
      />
      {/* Not within the bar, which a screen on a wall hides. */}
      {open === "palette" &&
        createPortal(<Palette onClose={close} onKeys={() => setOpen("keys")} />, document.body)}
      {open === "keys" && createPortal(<KeysDialog onClose={close} />, document.body)}
    </>
  );
}
