/**
 * Fifty inputs that took the product away, or might have, and where each is proved. Who renames or moves one of these
 * tests is told here, so that none is lost.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folders = {
  api: "integration/api",
  run: "integration",
  unit: "unit",
  fuzz: "fuzz",
  e2e: "e2e",
} as const;
type Proof = readonly [
  number: number,
  input: string,
  file: `${keyof typeof folders}/${string}`,
  name: string,
];

const corpus: readonly Proof[] = [
  [
    1,
    "a date pattern that repeats its tokens",
    "unit/csv-hostile",
    "a pattern that names a part twice is refused, with which",
  ],
  [
    2,
    "numbers as long as a line",
    "unit/csv-hostile",
    "thousands of numbers as long as a line are none, and others have their turns",
  ],
  [
    3,
    "21 million objects as gzip",
    "api/bodies",
    "compressed bodies are refused unread: 64 kB of them were 21 million objects and 22 s",
  ],
  [
    4,
    "5 million objects in an undeclared variable",
    "api/bodies",
    "15 MB of %s are refused before they are parsed",
  ],
  [
    5,
    "a subscription with 60 MB of blanks",
    "api/socket-bounds",
    "a message above 1 MiB ends its socket with 1009: imports go over HTTP",
  ],
  [6, "a hundred charts by alias", "api/cost", "%s: refused before anything is read, over HTTP"],
  [6, "the same over a socket", "api/cost", "%s: refused with the same words over a WebSocket"],
  [7, "a chart for each run of a list", "api/cost", "%s: refused before anything is read, over HTTP"],
  [8, "a chart at each event", "api/cost", "a heavy field at each event of a subscription is refused"],
  [
    9,
    "a run that diverges",
    "fuzz/corpus-cases",
    "a run on prices that overflow ends DIVERGED, and its worker is never lost",
  ],
  [9, "what its log holds", "unit/log", "keeps its last good state from whoever prints or stores the error"],
  [10, "a full disk", "unit/database-away", "53100"],
  [10, "a full disk under a run", "run/disk-full", "disk full"],
  [
    11,
    "a foreign Host",
    "api/who-asks",
    "a name that the server does not go by is refused everywhere but at /health, with the setting that would allow it",
  ],
  [
    12,
    "a ping of 1 MB",
    "api/socket-bounds",
    "a ping's payload comes back up to 1 kB; a larger one ends the socket with 4400",
  ],
  [
    13,
    "5 MB that nobody reads",
    "api/socket-bounds",
    "a client that leaves more than 4 MiB unread is cut off",
  ],
  [14, "Upgrade: h2c", "api/interop", "an offer to change the protocol is passed over; the body comes %s"],
  [15, "a long search", "api/texts", "a search of runs"],
  [16, "zero bytes", "api/texts", "a zero byte"],
  [17, "half a pair", "api/texts", "half a pair"],
  [18, "line feeds, escapes, turned text", "api/texts", "an override of direction"],
  [19, "bars from the year 0", "api/texts", "bars from %s are all bars, and bars to it are none"],
  [20, "a cursor before all time", "api/texts", "a cursor of bars that holds %j is none of ours"],
  [21, "a status forty thousand times", "api/texts", "a status named forty thousand times is a status"],
  [
    22,
    "following a run that is none",
    "api/socket-bounds",
    "a subscription with %s fails by an error and nothing else",
  ],
  [23, "secrets in settings", "unit/settings", "never print what may be secret in %s=%s"],
  [
    24,
    "a data folder that a shell would run",
    "run/embedded-postgres",
    "runs no part of its folder's name, whatever that is",
  ],
  [
    24,
    "a data folder that cannot be",
    "run/embedded-postgres",
    "says in words why a folder cannot be used, and what to do",
  ],
  [
    25,
    "a quote that is never closed",
    "unit/csv-hostile",
    "an unclosed quote is told at its line, with how many lines it swallowed",
  ],
  [
    26,
    "126 starts in one operation",
    "api/cost",
    "eleven mutations in one operation are refused, and not one of them is done",
  ],
  [
    26,
    "more runs than may wait",
    "run/waiting-runs",
    "of many that start at once, on two servers, as many wait as may, and the others are told how many do",
  ],
  [
    27,
    "a cancel within a batch of minutes",
    "run/cancel-large",
    "a cancel is obeyed within a second, in the middle of a batch of minutes (%s)",
  ],
  [28, "/runs/%ff", "e2e/proxy", "/runs/%ff"],
  [28, "addresses that are no path", "fuzz/corpus-cases", "an address that is none is not found: %s"],
  [29, "a field thousands of times", "api/bounds", "%s does not pass validation, in half a second"],
  [30, "fragments in a circle", "api/bounds", "fragments that never end"],
  [
    30,
    "fragments that double each other",
    "api/cost",
    "fragments that double each other thirty times are refused in no time, over both transports",
  ],
  [
    31,
    "bodies that are no JSON",
    "api/interop",
    "a body of type %s, which a foreign page may send, is not read",
  ],
  [31, "a batch", "api/bodies", "a batch is refused in words"],
  [31, "a mutation by GET", "fuzz/corpus-cases", "a mutation by GET is refused"],
  [
    32,
    "1 GB of blanks as gzip or br",
    "api/bodies",
    "compressed bodies are refused unread: 64 kB of them were 21 million objects and 22 s",
  ],
  [33, "lists 100,000 deep", "api/bodies", "lists 100,000 deep"],
  [34, "numbers out of range", "api/bounds", "%j is refused, and the field named"],
  [35, "numbers at the edge", "api/bounds", "%j is taken, and the run comes to an end"],
  [36, "pages and points out of range", "api/bounds", "%s is to blame in %s"],
  [36, "steps out of range", "api/bounds", "step %i of a run that predicts one is refused"],
  [37, "times that are none", "api/bounds", "%s is to blame in %s"],
  [
    38,
    "a key that is used again",
    "api/bounds",
    "a key is one request: in another order, with its defaults spelled out, twenty times at once",
  ],
  [39, "files that are none", "unit/csv-hostile", "10 million blank lines"],
  [40, "files of bad rows", "unit/csv-hostile", "%s keep nobody waiting, and the first problems are told"],
  [
    41,
    "prices at the edge of numbers",
    "fuzz/corpus-cases",
    "a series of %s is trained or diverges, and all of it can be read",
  ],
  [42, "HTML as a name", "e2e/proxy", "onerror"],
  [43, "foreign origins", "fuzz/corpus-cases", "no page of the origin %j opens a socket"],
  [
    44,
    "mistakes on a socket",
    "api/websocket-protocol",
    "$mistake ends a socket with $code, as docs/LIVE.md says",
  ],
  [44, "messages that are none", "fuzz/corpus-cases", "a message that is %s ends its socket with 4400"],
  [45, "numbers to go on from", "fuzz/corpus-cases", "an ended run is told whole after %j"],
  [45, "numbers that are none", "fuzz/corpus-cases", "after %j is an error"],
  [
    46,
    "a subscription too many",
    "api/websocket",
    "the hundredth subscription of a socket is the last that it gets, and the others go on",
  ],
  [
    46,
    "a reader that never reads",
    "api/slow-reader",
    "a subscriber that stops reading is waited for, not written for, while others go on; and then it gets all",
  ],
  [46, "3,000 idle sockets", "fuzz/corpus-cases", "three thousand idle sockets keep nobody waiting"],
  [46, "no pong", "fuzz/corpus-cases", "a client that answers no ping is cut off"],
  [47, "frames that are none", "fuzz/corpus-cases", "%s end a socket with %i"],
  [48, "requests that are none", "fuzz/corpus-cases", "a request with %s is answered with %i"],
  [
    49,
    "a worker that is killed",
    "run/worker-process",
    "a run whose worker is killed, and the next one stopped, ends to the last bit as one that nobody disturbed",
  ],
  [
    49,
    "a database that is killed",
    "run/supervise",
    "brings the database back when it is killed, and keeps its claim on the data",
  ],
  [
    49,
    "a supervisor that is killed",
    "run/supervise",
    "after a kill -9: the processes end by themselves, and the next start finds the database and all data",
  ],
  [
    49,
    "an API that stands still",
    "run/supervise",
    "ends an API that stands still, also one whose own watch stands still with it, and starts it again",
  ],
  [
    50,
    "a worker without memory, three times",
    "run/workers",
    "a run whose worker vanished waits again, is cancelled if that was asked for, and fails after three workers",
  ],
];

test.each(corpus)("%i, %s, is proved", (_number, _input, place, name) => {
  const [folder, file] = place.split("/") as [keyof typeof folders, string];
  const path = join(import.meta.dirname, "..", folders[folder], `${file}.test.ts`);
  expect(existsSync(path), `${path} is there`).toBe(true);
  expect(readFileSync(path, "utf8")).toContain(name);
});

test("none of the fifty is missing", () => {
  expect([...new Set(corpus.map(([number]) => number))]).toEqual(
    Array.from({ length: 50 }, (_, at) => at + 1),
  );
});
