/** Where the focus goes when what had it is taken away: a place near by, never the top of the page. */

/** What a screen reader can name, from the inside out. */
const places = "dialog, section, article, [role=region], [role=group], td, li, main";

/** @param chain what stood around it, from the inside out, as it was. */
export const survivorOf = (chain: readonly Element[]): HTMLElement | null =>
  chain.find((element): element is HTMLElement => element.isConnected && element.matches(places)) ?? null;

export function chainOf(element: Element): Element[] {
  const chain: Element[] = [];
  for (let around = element.parentElement; around; around = around.parentElement) chain.push(around);
  return chain;
}
