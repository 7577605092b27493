/** Takes out of a text what gives access to something: for all that is logged or printed. Rather too much than too little. */

type Environment = Readonly<Record<string, string | undefined>>;
export type Redact = (text: string) => string;

const redacted = "***";
/** Shorter ones are words that occur by themselves; who has such a password has none. */
const shortestSecret = 6;

// Bounded repetitions: these meet texts of others, and must stay linear.
/** From a scheme to the last @ before a blank: a password may hold / and : and @ itself. */
const userInfo = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s"'<>]{1,500}@/gi;
/** password=…, &secret_access_key=…, "token":"…", X-Amz-Signature=… */
// Not from a backslash on: that is the quote of a text within JSON.
const namedSecret =
  /((?:password|passwd|pwd|secret|token|signature|credential|access_?key(?:_?id)?)[\w-]{0,40}(?:["']?\s{0,3}=\s{0,3}["']?|["']\s{0,3}:\s{0,3}["']))(?!\\)[^\s"'&,;}]{1,500}/gi;
const awsKeyId = /\b(?:AKIA|ASIA)[0-9A-Z]{12,}\b/g;

/** @param env whose secrets are taken out wherever they stand, as well as what looks like one. */
export function redactor(env: Environment): Redact {
  const known = secretsOf(env);
  return (text) => {
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, redacted);
    return clean
      .replace(userInfo, `$1${redacted}@`)
      .replace(namedSecret, `$1${redacted}`)
      .replace(awsKeyId, redacted);
  };
}

/** The longest first, so that none leaves a part of another behind. */
function secretsOf(env: Environment): string[] {
  const plain = [env.PGPASSWORD, env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN, env.AWS_ACCESS_KEY_ID];
  const addresses = [env.DATABASE_URL, env.CHECKPOINT_STORE, env.CHECKPOINT_STORE_BEFORE];
  const secrets = [...plain, ...addresses.flatMap(passwordsOf)];
  return [...new Set(secrets)]
    .filter((secret): secret is string => secret !== undefined && secret.length >= shortestSecret)
    .sort((a, b) => b.length - a.length);
}

/** As it is written and as it is meant. One that is the user's or the database's name as well is none. */
function passwordsOf(address: string | undefined): string[] {
  if (!address || !URL.canParse(address)) return [];
  const { username, password, pathname, searchParams } = new URL(address);
  const names = [username, pathname.slice(1)].map(decoded);
  return [
    password,
    decoded(password),
    searchParams.get("password") ?? "",
    searchParams.get("secret") ?? "",
  ].filter((secret) => secret !== "" && !names.includes(secret));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
