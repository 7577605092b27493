/** Which of its languages the dashboard speaks: by the reader's choice, else by the browser's. */

export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];

/** As HTML and Intl name them. */
export const tagOf = { en: "en", zh: "zh-Hans-CN" } as const satisfies Record<Language, string>;

/** Keeps the reader's choice. Not in the browser's storage: the server writes the page. */
export const languageCookie = "gatecast.language";

/** @returns null where nothing says either. */
const languageNamed = (name: string | undefined): Language | null =>
  languages.find((it) => it === name) ?? null;

/**
 * The language of a page, from what a browser sends.
 * @param accepted its Accept-Language, such as "zh-CN,zh;q=0.9,en;q=0.8": the first that we speak counts
 */
export function languageOf(cookies: string | null, accepted: string | null): Language {
  const kept = new RegExp(`(?:^|;\\s*)${languageCookie.replace(".", "\\.")}=(\\w+)`).exec(cookies ?? "")?.[1];
  return languageNamed(kept) ?? firstSpoken(accepted ?? "") ?? "en";
}

function firstSpoken(accepted: string): Language | null {
  const wishes = accepted.split(",").map((wish) => {
    const [tag = "", ...parameters] = wish.trim().toLowerCase().split(";");
    const weight = parameters.map((it) => /^\s*q=([\d.]+)/.exec(it)?.[1]).find((it) => it !== undefined);
    return { language: tag.split("-")[0], weight: weight === undefined ? 1 : Number(weight) };
  });
  const spoken = wishes
    .filter(({ language, weight }) => languageNamed(language) !== null && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)[0];
  return languageNamed(spoken?.language);
}

/** What a browser sent with the request that is rendered. */
interface Asked {
  readonly cookies: string | null;
  readonly accepted: string | null;
}

/**
 * Where the server keeps it: server/http/reader-language.ts puts an AsyncLocalStorage there. A global, since Next bundles
 * this file for itself, and more than once.
 */
const shared = globalThis as { [key: symbol]: { getStore(): Asked | undefined } | undefined };
const rendering = Symbol.for("gatecast.reader-language");

/** Absent where pages are rendered, and in tests, which are compiled without the browser's types. */
const page = (globalThis as { document?: { documentElement: { lang: string } } }).document;

/** Of the page that is shown or rendered. It never changes while a page lives: a choice loads it anew. */
export function language(): Language {
  if (page) return page.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const asked = shared[rendering]?.getStore();
  return asked ? languageOf(asked.cookies, asked.accepted) : "en";
}

/** For dates and numbers. English has the day before the month throughout. */
export const dateLocale = (): string => (language() === "zh" ? "zh-CN" : "en-GB");
export const numberLocale = (): string => (language() === "zh" ? "zh-CN" : "en-US");

/** Renders in a language where no server says which: in development, where Next runs by itself, and in tests. */
export function speak(chosen: Language): void {
  shared[rendering] = { getStore: () => ({ cookies: null, accepted: chosen }) };
}
export const isToldByServer = (): boolean => shared[rendering]?.getStore() !== undefined;
