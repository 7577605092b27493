/**
 * Addresses of the database and of the store of checkpoints, as the settings have them: read, and where one is wrong said
 * what is wrong with it. Its text is never repeated: what is printed at start ends in logs that others read.
 */

/** An S3-compatible store; its keys come from where the AWS tools find them. */
export interface S3Address {
  readonly bucket: string;
  /** Without slashes at its ends; may be empty. */
  readonly prefix: string;
  /** Null: Amazon's own. */
  readonly endpoint: string | null;
  /** Null: what AWS_REGION says for Amazon's own, us-east-1 for others. */
  readonly region: string | null;
}

const toEncode =
  "user and password must have / : @ # ? and % written as %2F %3A %40 %23 %3F %25, or belong elsewhere";

/** What is wrong with it, as the end of a sentence that begins with "got"; null when nothing is. */
export function databaseUrlProblem(text: string): string | null {
  const scheme = schemeOf(text);
  if (scheme === null) return "something that does not begin with postgresql://";
  if (!["postgresql", "postgres"].includes(scheme)) return `an address of ${scheme}://${hostIn(text)}`;
  const url = readable(text);
  if (url === null) return `an address of ${scheme}:// that cannot be read: ${toEncode}`;
  if (url.hostname === "" && !url.searchParams.has("host"))
    return `an address of ${scheme}:// without a host`;
  if (url.pathname.length <= 1)
    return `an address of ${scheme}://${url.hostname} without the name of a database`;
  return null;
}

/** As `databaseUrlProblem`, for `postgres` or an s3:// address. */
export function checkpointStoreProblem(text: string): string | null {
  if (text === "postgres") return null;
  const scheme = schemeOf(text);
  if (scheme === null) return "something that does not begin with s3://";
  if (scheme !== "s3") return `an address of ${scheme}://${hostIn(text)}`;
  const url = readable(text);
  if (url === null) return "an address of s3:// that cannot be read, perhaps because of keys in it";
  const { hostname, username, password, port, pathname, searchParams } = url;
  if (username !== "" || password !== "") return `an address with keys in it, for the bucket ${hostname}`;
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(hostname))
    return hostname === "" ? "no bucket" : "a bucket whose name is not 3 to 63 of a-z, 0-9, - and .";
  const at = `for the bucket ${hostname}`;
  if (port !== "") return `a port ${at}: it belongs into endpoint`;
  if (!/^[\w/.=-]*$/.test(pathname))
    return `a prefix with other characters than letters, digits, _ / . = - ${at}`;
  const { endpoint = "https://amazon", region = "any", ...unknown } = Object.fromEntries(searchParams);
  if (!/^https?:\/\/[^/?#@]+\/?$/.test(endpoint)) return `an endpoint that is not http(s)://host:port ${at}`;
  if (!/^[a-z0-9-]+$/.test(region)) return `a region of other characters than a-z, 0-9 and - ${at}`;
  const names = Object.keys(unknown);
  if (names.length === 0) return null;
  const [name = ""] = names;
  return `${/^[a-z_-]{1,20}$/i.test(name) ? `"${name}"` : "something"} beside endpoint and region ${at}`;
}

/** @param text that has no problem. */
export function s3AddressOf(text: string): S3Address | null {
  if (text === "postgres") return null;
  const { hostname, pathname, searchParams } = new URL(text);
  return {
    bucket: hostname,
    prefix: pathname.split("/").filter(Boolean).join("/"),
    endpoint: searchParams.get("endpoint"),
    region: searchParams.get("region"),
  };
}

const schemeOf = (text: string): string | null =>
  /^([a-z][a-z0-9+.-]{0,20}):\/\//i.exec(text)?.[1]?.toLowerCase() ?? null;

/** Null also where an @ after the host, or a #, shows that a secret was cut in two: its parts would pass for a host or a database. */
function readable(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.pathname.includes("@") || url.search.includes("@") || url.hash !== "" ? null : url;
}

const hostIn = (text: string): string => readable(text)?.hostname ?? "…";
