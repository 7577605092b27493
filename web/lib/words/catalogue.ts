/** The Chinese catalogue, where it is loaded: readers of English never fetch it. */
/** [a sentence of the API in English, with {names} for what varies; in Chinese, with the same]. */
export type SaidTemplate = readonly [english: string, chinese: string];
export type Catalogue = Readonly<Record<string, string>>;

let words: Catalogue = {};
let sentences: readonly SaidTemplate[] = [];

export const chinese = (): Catalogue => words;
/** Of the API; see said.ts. */
export const chineseSentences = (): readonly SaidTemplate[] => sentences;

export function installChinese(catalogue: Catalogue, ofApi: readonly SaidTemplate[]): void {
  words = Object.fromEntries(Object.entries(catalogue).map(([english, inIt]) => [english, unbroken(inIt)]));
  sentences = ofApi.map(([english, inIt]) => [english, unbroken(inIt)]);
}

/** No line ends within the word for bar, which browsers would break at its blank. */
const unbroken = (inChinese: string): string => inChinese.replaceAll("K 线", "K\u00a0线");
