/** How long a client may take: with its headers, with its body, and with reading what it asked for. */
import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Patience } from "../../../server/http/doors/patience.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices } from "../../support/fake-services.ts";

let api: TestApi;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await api.close();
});

async function givenApi(patience: Partial<Patience>): Promise<void> {
  api = await startTestApi(createFakeServices(), undefined, { patience });
}

const head = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

/** All that comes back until the server closes. */
function talk(text: string) {
  const socket = connect(Number(new URL(api.url).port), "127.0.0.1");
  sockets.push(socket);
  socket.write(text);
  let answer = "";
  socket.on("data", (data) => {
    answer += data;
  });
  socket.on("error", () => {});
  const begun = performance.now();
  const closed = new Promise<{ answer: string; ms: number }>((resolve) =>
    socket.once("close", () => resolve({ answer, ms: performance.now() - begun })),
  );
  return { socket, closed, said: () => answer };
}

test.each(["/graphql", "/graphql/live", "/series"])(
  "a body that does not come is waited for so long: %s",
  async (path) => {
    await givenApi({ bodyMs: 200 });
    const { closed } = talk(`${head(path, 1_000)}{"query":`);
    const { answer, ms } = await closed;
    if (path === "/graphql") expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
    expect(ms).toBeLessThan(5_000);
  },
);

test("a body that trickles in gains nothing by it", async () => {
  await givenApi({ bodyMs: 200 });
  const { socket, closed } = talk(head("/graphql", 1_000));
  const trickle = setInterval(() => socket.write(" "), 20);
  const { answer } = await closed;
  clearInterval(trickle);
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
});

test("a large body may go on for as long as 200 kB come in a second", async () => {
  await givenApi({ bodyMs: 300 });
  const query =
    "mutation ($input: ImportPriceSeriesInput!) { importPriceSeries(input: $input) { report { rowsRead } } }";
  const csv = `date,close\n${"2020-01-01,1\n".repeat(150_000)}`;
  const body = JSON.stringify({ query, variables: { input: { symbol: "X", csv } } });
  const { socket, closed, said } = talk(head("/graphql", body.length));
  for (let at = 0; at < body.length; at += 200_000) {
    socket.write(body.slice(at, at + 200_000));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await expect.poll(said).toContain("HTTP/1.1 200 OK");
  socket.destroy();
  await closed;
});

test("a large body that came quickly and then stops is not waited for any longer than another", async () => {
  await givenApi({ bodyMs: 300 });
  const { socket, closed } = talk(`${head("/graphql", 60e6)}${"x".repeat(20e6)}`);
  const trickle = setInterval(() => socket.write(" "), 50);
  const { ms } = await closed;
  clearInterval(trickle);
  expect(ms).toBeLessThan(10_000);
});

test("headers that never end are cut off", async () => {
  await givenApi({ headersMs: 300 });
  const { answer, ms } = await talk("POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\n").closed;
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(ms).toBeLessThan(10_000);
}, 20_000);

test("who does not read its answer is cut off", async () => {
  const services = createFakeServices();
  services.givenRun({ name: "x".repeat(40e6) });
  api = await startTestApi(services, undefined, { patience: { unreadMs: 300 } });
  const body = JSON.stringify({ query: "{ runs { edges { node { name } } } }" });
  const { socket, closed } = talk(head("/graphql", body.length) + body);
  socket.pause();
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  socket.resume();
  // What the system had taken over still comes, the rest does not.
  const { answer } = await closed;
  const promised = Number(/content-length: (\d+)/i.exec(answer)?.[1]);
  expect(promised).toBeGreaterThan(40e6);
  expect(answer.length).toBeLessThan(promised);
}, 30_000);
