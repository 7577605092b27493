/** Requests that come before the one before them is answered: in order, one at a time, and not without end. */
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices } from "../../support/fake-services.ts";

let api: TestApi;
afterEach(() => api.close());

async function givenApi() {
  const now = { working: 0, most: 0, begun: 0 };
  const services = createFakeServices();
  const listWorkers = async () => {
    now.begun++;
    now.most = Math.max(now.most, ++now.working);
    await new Promise((resolve) => setTimeout(resolve, 5));
    now.working--;
    return [];
  };
  api = await startTestApi({ ...services, listWorkers });
  return now;
}

const body = (id: number) => JSON.stringify({ query: `{ a${id}: workers { id } }` });
const request = (id: number) =>
  `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body(id).length}\r\n\r\n${body(id)}`;

/** All that comes back until the connection ends, or until it `isEnough`. */
function talk(text: string, isEnough: (answer: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(api.url).port), "127.0.0.1");
    let answer = "";
    socket.on("data", (data) => {
      answer += data;
      if (isEnough(answer)) socket.destroy();
    });
    socket.on("error", () => {});
    socket.once("close", () => resolve(answer));
    socket.write(text);
  });
}

test("a connection's requests are worked at one by one, and answered in their order", async () => {
  const now = await givenApi();
  const ids = Array.from({ length: 50 }, (_, id) => id);
  const answer = await talk(ids.map(request).join(""), (text) => text.includes('"a49"'));
  expect([...answer.matchAll(/"a(\d+)":\[\]/g)].map(([, id]) => Number(id))).toEqual(ids);
  expect(now).toEqual({ working: 0, most: 1, begun: 50 });
});

test("other connections are answered meanwhile", async () => {
  const now = await givenApi();
  const long = talk(Array.from({ length: 100 }, (_, id) => request(id)).join(""), (text) =>
    text.includes('"a99"'),
  );
  await expect.poll(() => now.begun).toBeGreaterThan(1);
  const before = now.begun;
  expect((await api.ask("{ viewer { name } }")).errors).toEqual([]);
  expect(now.begun - before).toBeLessThan(50);
  await long;
});

test("a connection with more than a hundred requests that wait is ended, and what waited is not begun", async () => {
  const now = await givenApi();
  await talk(request(1).repeat(500), () => false);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(now.begun).toBe(1);
});
