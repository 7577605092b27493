/** What a watchdog would name when the API no longer answers. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { lastOperation, noteOperation } from "../../../server/http/last-operation.ts";
import { startTestApi, type TestApi, take } from "../../support/api.ts";
import { createFakeServices } from "../../support/fake-services.ts";

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi(createFakeServices());
});
afterEach(() => api.close());

test("is the last operation's name and the size of its request, over HTTP and WebSocket", async () => {
  const body = JSON.stringify({ query: "query Who { viewer { name } }", operationName: "Who" });
  await api.post(body);
  expect(lastOperation()).toMatchObject({ name: "Who", bytes: body.length, at: expect.any(Date) });
  await api.post('{"query":"{ runs { totalCount } }"}');
  expect(lastOperation()?.name).toBe("{ runs { totalCount } }");
  await take(api.subscribe("query Other { viewer { role } }"));
  expect(lastOperation()?.name).toBe("query Other { viewer { role } }");
  expect(lastOperation()?.bytes).toBeGreaterThan(60);
});

test("is short and one line, whatever it was called", () => {
  noteOperation(`a\n{"level":60}\u001b[31m\u202e${"x".repeat(500)}`, 7);
  expect(lastOperation()?.name).toMatch(/^a \{"level":60\} \[31m x+$/);
  expect(lastOperation()?.name).toHaveLength(100);
});
