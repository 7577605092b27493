/** Why there is no live connection: browsers do not tell a page what a WebSocket was refused with. */

import { said } from "../words/said.ts";
import { t } from "../words/t.ts";

type Ask = (path: string, init: { method: string }) => Promise<Pick<Response, "ok" | "status" | "json">>;

/** The server asked over HTTP; null where it does not answer either, or all is well. @param attempts that failed in a row. */
export async function whyNotLive(attempts: number, ask: Ask = fetch): Promise<string | null> {
  try {
    // A POST: browsers send no Origin with a GET to their own host, and the Origin is what decides.
    const answer = await ask("/graphql/live", { method: "POST" });
    if (!answer.ok) return answer.status < 500 ? await messageOf(answer) : null;
  } catch {
    return null;
  }
  // A server that was restarted answers while the socket's first attempt is still lost.
  return attempts < 2 ? null : notPassedOn();
}

const notPassedOn = (): string =>
  t(
    "Gatecast answers, but no WebSocket comes through to it: let the proxy in front of it pass upgrades of /graphql on",
  );

async function messageOf(answer: Pick<Response, "status" | "json">): Promise<string> {
  const { errors } = (await answer.json().catch(() => ({}))) as { errors?: readonly { message: string }[] };
  const message = errors?.[0]?.message;
  return message === undefined
    ? t("the server refuses them with status {status}", { status: answer.status })
    : said(message);
}
