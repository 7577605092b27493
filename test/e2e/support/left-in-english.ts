/** What a page in Chinese still says in English: its text, and what its attributes tell a screen reader or a mouse. */
import type { Page } from "playwright-core";

interface Told {
  /** "text", or the attribute's name. */
  readonly by: string;
  readonly words: string;
}

/** As text: the tests are compiled without the browser's types. Also what is folded away, for it can be unfolded. */
const collect = `(() => {
  const told = [{ by: "title", words: document.title }];
  const samples = "script, style, code, pre, [lang=en]";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement.closest(samples)) told.push({ by: "text", words: node.data });
  const spoken = ["aria-label", "aria-description", "aria-valuetext", "aria-roledescription", "title", "placeholder", "alt"];
  for (const element of document.querySelectorAll("body *"))
    for (const name of spoken)
      if (element.hasAttribute(name) && !element.closest(samples))
        told.push({ by: name, words: element.getAttribute(name) });
  return told;
})()`;

/** The same in both languages. */
const sameInChinese: readonly RegExp[] = [
  // Products, engines, devices.
  /Gatecast|GPU|WebGPU|WebAssembly|TensorFlow|GraphQL|Python|Node\.js|Vulkan|CUDA|cuDNN|Debian|Ubuntu/,
  /@tensorflow\/[\w-]+|lib\w+\.so[.\d]*|libvulkan1|storage\.googleapis\.com|"npm install"|npm install \w+/,
  /AMD|EPYC|Intel|Xeon|NVIDIA|AVX-512|AVX2|NEON|WASM SIMD|\bfloat(?:32|64)\b/,
  /Yahoo|Stooq|Tushare|AkShare|Investing\.com/,
  // Forecasters, scores, terms that have no other name.
  /\b(?:GRU|AR|HAR|EWMA|RSI|MACD|AdamW?|Huber|RiskMetrics|Corsi|Patton|Kupiec|Diebold|Mariano)\b/,
  /\b(?:MAE|RMSE|MASE|RMSSE|s?MAPE|QLIKE)\b/,
  // Forms and places.
  /\b(?:API|CSV|PNG|SVG|PDF|JSON|UTF-(?:8|16)|GB18030|curl|UTC|X[A-Z]{3}|USD|CNY|[kMG]B)\b/,
  /\b(?:Asia|America|Europe)\/\w+/,
  // Keys, and what one may type or find in a file.
  /\b(?:Ctrl|Enter|Esc|Shift|Mac|Page (?:Up|Down)|Home|End)\b/,
  /lr < 1e-3 and tag = paper/,
  /\d[ -]Apr(?:il)?\b|\bApr(?:il)? \d|\.csv\b/,
  // The language for who is lost, and what lightweight-charts says of itself.
  /^English$|^Charting by TradingView$/,
];

const words = /\p{Script=Latin}{2,}(?:[\s,.:;'’-]+\p{Script=Latin}{2,})*/gu;

/**
 * @param names of runs, series and the machine, which are not translated
 * @returns one line for each run of Latin words that is left, with what tells it and what stands around it
 */
export async function leftInEnglish(page: Page, names: readonly string[]): Promise<string[]> {
  const told = (await page.evaluate(collect)) as readonly Told[];
  const longestFirst = names.toSorted((one, other) => other.length - one.length);
  const lines = told.flatMap(({ by, words: whole }) => {
    const withoutNames = longestFirst.reduce((text, name) => text.replaceAll(name, "·"), whole);
    const rest = sameInChinese.reduce(
      (text, pattern) => text.replaceAll(new RegExp(pattern, "g"), "·"),
      withoutNames,
    );
    return [...rest.matchAll(words)].map(([found]) => `${by}: ${found} (${whole.trim().slice(0, 160)})`);
  });
  return [...new Set(lines)];
}
