/** A file is sent once, however many options are tried. */
import { expect, test } from "vitest";
import {
  importSender,
  type Posted,
  type PostedImport,
} from "../../../web/entities/series-import/import-sender.ts";

const report = {
  ...{ rowsRead: 1, rowsAdded: 1, rowsUpdated: 0, rowsUnchanged: 0, rowsRejected: 0 },
  ...{ problems: [], columns: [], warnings: [] },
  review: {
    ...{ changedBars: [], jumps: [], jumpCount: 0 },
    outline: { time: [], low: [], high: [], close: [] },
  },
};
const refused = (code: string) => ({
  error: { message: code, field: null, code, choices: [], retryAfterMs: null },
});

/** A server that keeps uploads until it is told to forget them. */
function givenServer() {
  const sent: string[] = [];
  let kept: string | null = null;
  let count = 0;
  let refuse: string | null = null;
  let isSlow = false;
  let arrive: () => void = () => {};
  const post = async (
    { fields, source }: PostedImport,
    onSent: (sent: { done: number; total: number }) => void,
  ) => {
    sent.push(`${fields.symbol} ${"file" in source ? "file" : source.upload}`);
    if ("upload" in source && source.upload !== kept) return { upload: null, ...refused("NOT_FOUND") };
    if ("file" in source) {
      onSent({ done: 1, total: 2 });
      if (isSlow)
        await new Promise<void>((resolve) => {
          arrive = resolve;
        });
      if (refuse === null || refuse === "csv") kept = `upload ${++count}`;
    }
    const answer = refuse === null ? { data: { priceSeries: null, report } } : refused(refuse);
    return { upload: kept, ...answer } satisfies Posted;
  };
  return {
    sent,
    post,
    forget: () => {
      kept = null;
    },
    refuse: (why: string | null) => {
      refuse = why;
    },
    slow: () => {
      isSlow = true;
    },
    arrive: () => arrive(),
  };
}
const file = new Blob(["date"]);
const signal = new AbortController().signal;
const ignore = () => {};

test("later checks and the import name the upload", async () => {
  const { sent, post } = givenServer();
  const { send } = importSender(file, post);
  const heard: unknown[] = [];
  expect(await send({ symbol: "A" }, (it) => heard.push(it), signal)).toMatchObject({ data: { report } });
  await send({ symbol: "B" }, ignore, signal);
  await send({ symbol: "C" }, ignore, signal);
  expect(sent).toEqual(["A file", "B upload 1", "C upload 1"]);
  expect(heard).toEqual([{ done: 1, total: 2 }, null]);
});

test("a question about the file needs no second sending, a form that was refused unread does", async () => {
  const { sent, post, refuse } = givenServer();
  const { send } = importSender(file, post);
  refuse("symbol");
  expect(await send({ symbol: "" }, ignore, signal)).toMatchObject({ error: { code: "symbol" } });
  refuse("csv");
  await send({ symbol: "A" }, ignore, signal);
  refuse(null);
  await send({ symbol: "A" }, ignore, signal);
  expect(sent).toEqual([" file", "A file", "A upload 1"]);
});

test("an upload that the server keeps no more is sent once more", async () => {
  const { sent, post, forget } = givenServer();
  const { send } = importSender(file, post);
  await send({ symbol: "A" }, ignore, signal);
  forget();
  expect(await send({ symbol: "B" }, ignore, signal)).toMatchObject({ data: { report } });
  await send({ symbol: "C" }, ignore, signal);
  expect(sent).toEqual(["A file", "B upload 1", "B file", "C upload 2"]);
});

test("a check that is replaced while the file is on its way lets it arrive", async () => {
  const { sent, post, slow, arrive } = givenServer();
  const { send } = importSender(file, post);
  slow();
  const replaced = new AbortController();
  const first = send({ symbol: "A" }, ignore, replaced.signal);
  replaced.abort();
  const second = send({ symbol: "B" }, ignore, signal);
  const third = send({ symbol: "C" }, ignore, replaced.signal);
  arrive();
  expect(await Promise.all([first, second, third])).toEqual([
    null,
    { upload: "upload 1", data: { priceSeries: null, report } },
    null,
  ]);
  expect(sent).toEqual(["A file", "B upload 1"]);
});
