import { join } from "node:path";
import { expect, test } from "vitest";
import { spaceWarning } from "../../server/free-space.ts";

test("a disk below 500 MB is told of with its folder and what to do", () => {
  expect(spaceWarning("/srv/gatecast", () => 499e6)).toMatch(
    /\/srv\/gatecast has 499 MB left.*GATECAST_DATA/,
  );
  expect(spaceWarning("/srv/gatecast", () => 500e6)).toBeNull();
  expect(spaceWarning("/srv/gatecast", () => null)).toBeNull();
});

test("a folder that is not there yet is judged by the disk that it will be on", () => {
  const missing = join(import.meta.dirname, "not", "there", "yet");
  expect(spaceWarning(missing)).toEqual(
    spaceWarning(import.meta.dirname)?.replace(import.meta.dirname, missing) ?? null,
  );
});
