import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { openS3, type S3ObjectStore } from "../../server/objects/s3.ts";
import { type S3Server, s3Keys, startS3Server } from "../support/s3-server.ts";

let server: S3Server;
const opened: S3ObjectStore[] = [];
const givenStore = (to: Partial<S3Server["address"]> = {}) => {
  const store = openS3({ ...server.address, ...to });
  opened.push(store);
  return store;
};

beforeAll(async () => {
  server = await startS3Server();
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  server.become("present");
  server.objects.clear();
  vi.unstubAllEnvs();
});
afterAll(() => server.close());

const useKeys = ({ accessKeyId, secretAccessKey } = s3Keys) => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secretAccessKey);
};

describe("an S3-compatible store", () => {
  test("gives back the very bytes that it was given, lists them page by page, and forgets what is deleted", async () => {
    useKeys();
    const store = givenStore();
    const all = [
      randomBytes(0),
      randomBytes(1),
      randomBytes(1_200_000),
      Buffer.from("four"),
      Buffer.from("five"),
    ];
    const addresses: string[] = [];
    for (const bytes of all) addresses.push(await store.put("run-1", bytes));
    await store.put("run-10", Buffer.from("of another run"));
    for (const address of addresses) expect(address).toMatch(/^s3:\/\/checkpoints\/team\/gatecast\/run-1\//);
    for (const [index, address] of addresses.entries()) {
      expect(all[index]!.equals((await store.get(address))!)).toBe(true);
    }
    expect((await store.list("run-1")).sort()).toEqual([...addresses].sort());
    await store.delete(addresses[0]!);
    await store.delete(addresses[0]!);
    expect(await store.get(addresses[0]!)).toBeNull();
    expect(await store.list("run-1")).toHaveLength(4);
  });

  test("is found to be usable before the first training, and is left as it was", async () => {
    useKeys();
    await givenStore().check();
    expect(server.objects.size).toBe(0);
  });

  test.each([
    [
      "a key that nobody knows",
      { accessKeyId: "someone-else" },
      {},
      /refused.*AWS_ACCESS_KEY_ID is not known/,
    ],
    ["a wrong secret", { secretAccessKey: "wrong" }, {}, /refused.*AWS_SECRET_ACCESS_KEY does not belong/],
    [
      "a bucket that is not there",
      {},
      { bucket: "elsewhere" },
      /s3:\/\/elsewhere\/.*refused.*create the bucket/,
    ],
    ["another region", {}, { region: "eu-test-2" }, /refused.*another region/],
  ])("says of %s what to do about it", async (_, keys, to, message) => {
    useKeys({ ...s3Keys, ...keys });
    const failure = expect.objectContaining({ refused: true, message: expect.stringMatching(message) });
    await expect(givenStore(to).check()).rejects.toEqual(failure);
  });

  test.each(["failing", "away"] as const)("that is %s is told from one that refuses", async (mood) => {
    useKeys();
    server.become(mood);
    const failure = expect.objectContaining({
      refused: false,
      message: expect.stringContaining("did not answer"),
    });
    await expect(givenStore().check()).rejects.toEqual(failure);
  });
});
