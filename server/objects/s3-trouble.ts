/** What went wrong between us and an S3-compatible store, in words for who set it up. */
import { StoreAway } from "../ports/checkpoints.ts";
import type { S3Address } from "../settings/store-addresses.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const remedies: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: "AWS_ACCESS_KEY_ID is not known there",
  SignatureDoesNotMatch: "AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID",
  ExpiredToken: "AWS_SESSION_TOKEN has expired",
  AccessDenied:
    "the key must be allowed s3:PutObject, s3:GetObject, s3:DeleteObject and, for the bucket, s3:ListBucket",
  NoSuchBucket: "create the bucket, or correct its name in CHECKPOINT_STORE",
  RequestTimeTooSkewed: "set this machine's clock",
  PermanentRedirect: "the bucket is in another region: say which in CHECKPOINT_STORE (?region=...)",
  AuthorizationHeaderMalformed:
    "the bucket is in another region: say which in CHECKPOINT_STORE (?region=...)",
  CredentialsProviderError:
    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role that has them",
};

/** Every trouble counts as an absence: a training rather waits for its store than loses what it cannot store. */
export function storeAway({ bucket, prefix, endpoint }: S3Address, cause: unknown): StoreAway {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const { code } = error as { code?: unknown };
  const remedy =
    remedies[error.name] ??
    (typeof code === "string" ? remedies[code] : undefined) ??
    (/^Region is missing/.test(error.message) ? "set AWS_REGION" : undefined);
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
  const refused = remedy !== undefined || (status >= 300 && status < 500 && status !== 429);
  const where = `s3://${bucket}/${prefix}${endpoint === null ? "" : ` at ${endpoint}`}`;
  const said = error.message === "" || error.message === error.name ? "" : `: ${error.message}`;
  // Without the cause: the SDK's errors hold the whole exchange, and would fill a log.
  return new StoreAway(
    `the store of checkpoints ${where} ${refused ? "refused" : "did not answer"} (${error.name}${said})` +
      `${remedy === undefined ? "" : `; ${remedy}`}`,
    refused,
  );
}
