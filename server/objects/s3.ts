/** Objects in an S3-compatible store, each under an address of its own, so that nothing is ever overwritten. */
import { randomUUID } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { ObjectStore } from "../ports/checkpoints.ts";
import type { S3Address } from "../settings/store-addresses.ts";
import { storeAway } from "./s3-trouble.ts";

/** Silence for so long is no answer. Whoever asks decides whether to ask again. */
const connectWithinMs = 3_000;
const longestSilenceMs = 10_000;
/** A hundred megabytes over a slow line. */
const answerWithinMs = 120_000;

export interface S3ObjectStore extends ObjectStore {
  /** Writes, reads, lists and deletes a small object: a wrong key is found before a training needs the right one. @throws StoreAway */
  check(): Promise<void>;
  close(): void;
}

export function openS3(to: S3Address): S3ObjectStore {
  const client = new S3Client({
    ...(to.region !== null && { region: to.region }),
    // Stores of others than Amazon seldom have a host name for each bucket, and most care for no region.
    ...(to.endpoint !== null && {
      endpoint: to.endpoint,
      forcePathStyle: true,
      region: to.region ?? "us-east-1",
    }),
    maxAttempts: 2,
    // Newer than most compatible stores; ours is a SHA-256 of the whole, beside the run.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: connectWithinMs,
      socketTimeout: longestSilenceMs,
      requestTimeout: answerWithinMs,
      throwOnRequestTimeout: true,
    },
  });
  const root = to.prefix === "" ? "" : `${to.prefix}/`;
  const bucketAddress = `s3://${to.bucket}`;
  const address = root === "" ? bucketAddress : `${bucketAddress}/${to.prefix}`;
  const keyOf = (of: string) => of.slice(bucketAddress.length + 1);
  const Bucket = to.bucket;
  const ask = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw storeAway(to, error);
    });

  const store: ObjectStore = {
    address,
    async put(folder, bytes) {
      const Key = `${root}${folder}/${randomUUID()}`;
      await ask(client.send(new PutObjectCommand({ Bucket, Key, Body: bytes })));
      return `${bucketAddress}/${Key}`;
    },
    get: (object) => ask(read(client, Bucket, keyOf(object))),
    async delete(object) {
      await ask(client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(object) })));
    },
    async list(folder) {
      const addresses: string[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = new ListObjectsV2Command({ Bucket, Prefix: `${root}${folder}/`, ContinuationToken });
        const { Contents, NextContinuationToken } = await ask(client.send(page));
        for (const { Key } of Contents ?? []) addresses.push(`${bucketAddress}/${Key}`);
        ContinuationToken = NextContinuationToken;
      } while (ContinuationToken !== undefined);
      return addresses;
    },
  };
  return {
    ...store,
    async check() {
      const bytes = Buffer.from("Gatecast wrote this to see whether it may.");
      const object = await store.put("check", bytes);
      const readBack = await store.get(object);
      const listed = await store.list("check");
      await store.delete(object);
      if (!readBack || !bytes.equals(readBack) || !listed.includes(object)) {
        throw storeAway(to, new Error("what was written could not be read back or was not listed"));
      }
    },
    close: () => client.destroy(),
  };
}

async function read(client: S3Client, Bucket: string, Key: string): Promise<Uint8Array | null> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToByteArray()) ?? null;
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}
