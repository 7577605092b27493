/** Quotes what came from outside for a message: on one line, and never much longer than the message itself. */
export const quote = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
