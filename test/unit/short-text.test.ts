/** The rule for short texts, and the quoting of what breaks it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { firstCharacters } from "../../server/domain/characters.ts";
import { InvalidInput } from "../../server/domain/errors.ts";
import { quote } from "../../server/domain/quote.ts";
import { seriesIdentity } from "../../server/domain/series-identity.ts";
import { searchText, shortText, trimmedText } from "../../server/domain/short-text.ts";

const refusalOf = (text: string, longest = 20): InvalidInput => {
  try {
    shortText("name", text, longest);
  } catch (error) {
    if (error instanceof InvalidInput) return error;
  }
  throw new Error(`${quote(text)} was not refused`);
};

test.each([
  ["a zero byte", "a\0b", "got U+0000 at character 2"],
  ["a line feed", "a\nb", "got U+000A"],
  ["an escape", "\u001b[31m", "got U+001B at character 1"],
  ["a control of the upper half", "a\u0085b", "got U+0085"],
  ["half a pair", "a\ud801", "got U+D801 at character 2"],
  ["the other half", "\udc00b", "got U+DC00"],
  ["an override of direction", "a\u202eb", "got U+202E"],
  ["an isolate", "\u2067b", "got U+2067"],
  ["a character too many", "x".repeat(21), "at most 20 characters, got 21"],
  ["an emoji too many", "🛢".repeat(21), "at most 20 characters, got 21"],
  ["a control after an emoji", "🛢\n", "got U+000A at character 2"],
])("%s is refused in words that do not repeat it", (_, text, said) => {
  const { field, message } = refusalOf(text);
  expect(field).toBe("name");
  expect(message).toContain(said);
  expect(message).toMatch(/^[ -~]*$/);
});

test.each(["", "S&P 500", "贵州茅台", "Öl 🛢️ é", "a\u200eb", "x".repeat(20), "🛢".repeat(20)])(
  "%j is as good as it is",
  (text) => {
    expect(shortText("name", text, 20)).toBe(text);
  },
);

test("what is cut to a length keeps whole characters", () => {
  expect(firstCharacters("🛢🛢🛢", 2)).toBe("🛢🛢");
  expect(firstCharacters("a🛢b", 5)).toBe("a🛢b");
  expect(firstCharacters("abc", 2)).toBe("ab");
});

test("blanks around a text are no part of it, and nothing but blanks is none", () => {
  expect(trimmedText("name", "  SPX\n", 5)).toBe("SPX");
  for (const none of ["  \t", "", null, undefined]) expect(searchText("search", none)).toBeNull();
  expect(() => searchText("search", "x".repeat(201))).toThrow(/search must have at most 200 characters/);
});

test("what passes is what PostgreSQL stores and gives back as it was: whole, without a zero byte, on one line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 30 }), (text) => {
      let passed: string;
      try {
        passed = shortText("name", text, 30);
      } catch {
        return;
      }
      expect(passed).toBe(text);
      expect(Buffer.from(text).toString()).toBe(text);
      expect(text).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 1_000 },
  );
});

test("a series' name and zone keep to the same rule, named as fields", () => {
  for (const [field, text] of [
    ["name", "a\u202eb"],
    ["name", "x".repeat(201)],
    ["timezone", "Europe/\0"],
    ["timezone", "x".repeat(65)],
  ] as const)
    expect(() => seriesIdentity({ symbol: "A", [field]: text })).toThrow(
      expect.objectContaining({ field, message: expect.stringContaining(`${field} must`) }),
    );
  expect(seriesIdentity({ symbol: "A", timezone: " UTC " }).timezone).toBe("UTC");
});

test("a quoted text has neither controls nor turns of direction, whatever it was", () => {
  expect(quote("a\n\u009b\u202eb\ud801")).toBe(String.raw`"a\n\u009b\u202eb\ud801"`);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(quote(text)).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
    }),
  );
});
