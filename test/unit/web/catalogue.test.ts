/** Both languages: nothing is said past the catalogue, and all that is said is in it. */
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { chineseWords } from "../../../web/lib/words/zh/words.ts";
import { filesIn, wordsIn } from "../../support/words-in-code.ts";

const web = join(import.meta.dirname, "../../../web");
/** They recognise the API's English, are the catalogue, or hold text for programs alone; the layout's is for search engines. */
const tables =
  /^graphql\/|^lib\/(words|api-words|argument-labels|curl\.|survivor\.|theme\.)|^app\/layout|^entities\/series-import\/dropped-files|^features\/run\/api-snippets/;
const code = filesIn(web)
  .map((path) => ({ name: relative(web, path), path }))
  .filter(({ name }) => !tables.test(name))
  .map(({ name, path }) => ({ name, ...wordsIn(path) }));
const rooms = [
  ...new Set(
    code.map(({ name }) =>
      name
        .split("/")
        .slice(0, 2)
        .join("/")
        .replace(/\/[^/]*\.tsx?$/, ""),
    ),
  ),
];
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).toSorted();

describe.each(rooms)("%s", (room) => {
  const files = code.filter(({ name }) => name.startsWith(`${room}/`));
  test("says nothing past the catalogue", () => {
    expect(
      files.flatMap(({ pastTheCatalogue }) => pastTheCatalogue).map((line) => line.replace(`${web}/`, "")),
    ).toEqual([]);
  });
  test("says nothing that is not in Chinese, too", () => {
    const missing = files.flatMap(({ said }) => said).filter(({ text }) => !(text in chineseWords));
    expect(missing.map(({ text }) => text)).toEqual([]);
  });
});

test("the catalogue has nothing that nobody says", () => {
  const said = new Set(code.flatMap((it) => it.said.map(({ text }) => text)));
  expect(Object.keys(chineseWords).filter((text) => !text.startsWith("word|") && !said.has(text))).toEqual(
    [],
  );
});

test.each(Object.entries(chineseWords))("“%s” has the same values in Chinese", (english, chinese) => {
  expect(placeholders(chinese)).toEqual(placeholders(english));
});
