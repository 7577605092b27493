/** Before each file of these tests: what the light document lacks, and an empty page after each test. */
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A machine that does other things as well may take its time.
configure({ asyncUtilTimeout: 5_000 });

afterEach(() => {
  cleanup();
  document.documentElement.lang = "en";
  localStorage.clear();
});

/** Popovers as far as people notice them: out of sight until their button is pressed, and told of what became of them. */
const style = document.createElement("style");
style.textContent = "[popover]:not([data-is-open]) { display: none }";
document.head.append(style);
const become = (popover: HTMLElement, newState: "open" | "closed") => {
  popover.toggleAttribute("data-is-open", newState === "open");
  popover.dispatchEvent(Object.assign(new Event("toggle"), { newState }));
};
HTMLElement.prototype.hidePopover = function hide(this: HTMLElement) {
  become(this, "closed");
};
document.addEventListener("click", ({ target }) => {
  const id = (target as Element).closest("[popovertarget]")?.getAttribute("popovertarget");
  const popover = id ? document.getElementById(id) : null;
  if (popover) become(popover, popover.hasAttribute("data-is-open") ? "closed" : "open");
});
