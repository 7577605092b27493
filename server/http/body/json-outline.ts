/**
 * Counts what stands outside of a JSON text's strings, before it is parsed. 64 MB of {},{},… would become 21 million
 * objects, 1.8 GB and 20 s; 64 MB in one string cost a tenth of a second.
 */

export interface JsonOutline {
  /** Takes the next bytes and tells how many outside of strings there were so far. UTF-8: no other byte looks like a quote. */
  count(bytes: Uint8Array): number;
}

const quote = 0x22;
const backslash = 0x5c;

export function jsonOutline(): JsonOutline {
  let outside = 0;
  let isInString = false;
  let isEscaped = false;
  return {
    count(bytes) {
      for (const byte of bytes) {
        if (!isInString) {
          outside++;
          isInString = byte === quote;
        } else if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) isInString = false;
      }
      return outside;
    },
  };
}
