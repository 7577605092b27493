/** Lets pages be rendered in their reader's language: what a browser sent is there for as long as its page is rendered. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";

interface Asked {
  readonly cookies: string | null;
  readonly accepted: string | null;
}

const rendering = new AsyncLocalStorage<Asked>();
/** The dashboard reads it in web/lib/words/language.ts. Next bundles that file for itself, so a global is what both see. */
Object.assign(globalThis, { [Symbol.for("gatecast.reader-language")]: rendering });

export const asItsReaderSpeaks = <Result>({ headers }: IncomingMessage, render: () => Result): Result =>
  rendering.run({ cookies: headers.cookie ?? null, accepted: headers["accept-language"] ?? null }, render);
