/** Keeps the reader's choice of a language and shows the page in it. What is typed in a form is kept as a draft. */
import { type Language, languageCookie } from "./language.ts";

const oneYearSeconds = 365 * 24 * 3600;

export function chooseLanguage(chosen: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox before 140
  document.cookie = `${languageCookie}=${chosen}; path=/; max-age=${oneYearSeconds}; samesite=lax`;
  location.reload();
}
