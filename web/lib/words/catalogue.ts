/** The Chinese catalogue, where it is loaded: readers of English never fetch it. */
import type { SaidTemplate } from "./said.ts";

export type Catalogue = Readonly<Record<string, string>>;

let words: Catalogue = {};
let sentences: readonly SaidTemplate[] = [];

export const chinese = (): Catalogue => words;
/** Of the API; see said.ts. */
export const chineseSentences = (): readonly SaidTemplate[] => sentences;

export function installChinese(catalogue: Catalogue, ofApi: readonly SaidTemplate[]): void {
  words = catalogue;
  sentences = ofApi;
}
