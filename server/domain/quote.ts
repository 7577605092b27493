/** Quotes what came from outside for a message: on one line, and never much longer than the message itself. */
export const quote = (text: string, longest = 40): string =>
  visible(JSON.stringify(text.length > longest ? `${text.slice(0, longest)}...` : text));

/** With what a terminal or a page would obey instead of show, and JSON leaves as it is, as \uXXXX. */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
