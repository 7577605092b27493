/** Quotes what came from outside for a message: on one line, and never much longer than the message itself. */
export const quote = (text: string, longest = 40): string =>
  JSON.stringify(text.length > longest ? `${text.slice(0, longest)}...` : text);
