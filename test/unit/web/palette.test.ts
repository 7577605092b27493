/** What the palette offers, and which keys mean what. */
import { expect, test } from "vitest";
import { entriesFor, moved } from "../../../web/features/palette/entries.ts";
import { askedBy } from "../../../web/features/palette/keys.ts";

const found = {
  runs: {
    edges: [
      {
        node: {
          ...{ id: "1", name: "Careful, seed 7", status: "SUCCEEDED" as const },
          priceSeries: { id: "s", symbol: "SPX" },
        },
      },
    ],
  },
  allPriceSeries: { edges: [{ node: { id: "s", symbol: "SPX", name: "S&P 500" } }] },
};
const names = (typed: string, isCurrent: boolean) =>
  entriesFor(typed, found, isCurrent).map(({ name }) => name);

test("actions are found by any of their words, in any order", () => {
  expect(names("csv import", true)[0]).toBe("Import prices");
  expect(names("dark", true)[0]).toBe("Dark theme");
  expect(names("ark", true)).not.toContain("Dark theme");
});

test("an answer to an earlier question offers only what still has the typed words in sight", () => {
  expect(names("careful", false)).toEqual(["Careful, seed 7"]);
  expect(names("nothing of the kind", false)).toEqual([]);
  expect(names("found by its note", true)).toEqual(["Careful, seed 7", "S&P 500"]);
});

test("what comes from the server stands beneath the actions, so that Enter does what it would have done before", () => {
  expect(names("s", true).slice(-2)).toEqual(["Careful, seed 7", "S&P 500"]);
});

test("arrows go round the ends", () => {
  expect([moved(2, "ArrowDown", 3), moved(0, "ArrowUp", 3), moved(0, "ArrowDown", 0)]).toEqual([0, 2, -1]);
});

test("a letter asks for nothing while one types, and Ctrl-K for the palette even then", () => {
  const key = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false });
  expect(["/", "?"].map((one) => askedBy(key(one), false))).toEqual(["search", "keys"]);
  expect(["/", "?"].map((one) => askedBy(key(one), true))).toEqual([null, null]);
  expect([askedBy(key("k", true), true), askedBy(key("K", true), false)]).toEqual(["palette", "palette"]);
  expect(askedBy({ ...key("/"), altKey: true }, false)).toBeNull();
});
