/**
 * Keeps the focus where it was for those who work by keyboard: a button that vanishes with its run's end, or is off while
 * its request is under way, would drop it to the top of the page.
 */
"use client";
import { useEffect } from "react";
import { chainOf, survivorOf } from "../lib/survivor.ts";

export function FocusKeeper() {
  useEffect(() => {
    let last: HTMLElement | null = null;
    let chain: readonly Element[] = [];
    let isPressing = false;
    const press = () => {
      isPressing = true;
      setTimeout(() => {
        isPressing = false;
      });
    };
    const remember = ({ target }: FocusEvent) => {
      last = target as HTMLElement;
      chain = chainOf(last);
    };
    const forget = ({ relatedTarget, target }: FocusEvent) => {
      const element = target as HTMLElement;
      // On its way to another one, for a moment nothing has the focus: bringing it back would be a trap.
      const isMoving = relatedTarget !== null;
      // Left for nothing, by a click beside it: that is meant. What is taken away loses the focus, too, just before it goes.
      const isLeft = isPressing && !element.matches(":disabled");
      if (isMoving || isLeft) last = null;
    };
    const keep = () => {
      if (last === null || document.activeElement !== document.body) return;
      if (last.isConnected) {
        if (!last.matches(":disabled")) last.focus({ preventScroll: true });
        return;
      }
      const survivor = survivorOf(chain);
      last = null;
      if (!survivor) return;
      if (!survivor.hasAttribute("tabindex")) survivor.tabIndex = -1;
      survivor.focus({ preventScroll: true });
    };
    const changes = new MutationObserver(keep);
    changes.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
    document.addEventListener("pointerdown", press, true);
    // A finger's comes long after its pointer went down.
    document.addEventListener("mousedown", press, true);
    document.addEventListener("focusin", remember);
    document.addEventListener("focusout", forget);
    return () => {
      changes.disconnect();
      document.removeEventListener("pointerdown", press, true);
      document.removeEventListener("mousedown", press, true);
      document.removeEventListener("focusin", remember);
      document.removeEventListener("focusout", forget);
    };
  }, []);
  return null;
}
