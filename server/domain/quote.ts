/** Quotes what came from outside for a message: on one line, and never much longer than the message itself. */
export const quote = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text).replace(
    /[\x7f-\x9f\u202A-\u202E\u2066-\u2069]/g,
    escaped,
  );

// JSON leaves these as they are, and a terminal or a page obeys them.
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
