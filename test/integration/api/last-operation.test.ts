/** What a watchdog would name when the API no longer answers. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { noteOperation, tellOperations } from "../../../server/http/last-operation.ts";
import { startTestApi, type TestApi, take } from "../../support/api.ts";
import { createFakeServices } from "../../support/fake-services.ts";

let api: TestApi;
let last = "";
beforeEach(async () => {
  tellOperations((doing) => {
    last = doing;
  });
  api = await startTestApi(createFakeServices());
});
afterEach(() => api.close());

test("is the last operation's name and the size of its request, over HTTP and WebSocket", async () => {
  const body = JSON.stringify({ query: "query Who { viewer { name } }", operationName: "Who" });
  await api.post(body);
  expect(last).toBe(`Who (${body.length} bytes)`);
  await api.post('{"query":"{ runs { totalCount } }"}');
  expect(last).toBe("{ runs { totalCount } } (35 bytes)");
  await take(api.subscribe("query Other { viewer { role } }"));
  expect(last).toMatch(/^query Other \{ viewer \{ role \} \} \(\d{2,3} bytes\)$/);
});

test("is short and one line, whatever it was called", () => {
  noteOperation(`a\n{"level":60}\u001b[31m\u202e${"x".repeat(500)}`, 7);
  expect(last).toMatch(/^a \{"level":60\} \[31m x{78,84} \(7 bytes\)$/);
});
