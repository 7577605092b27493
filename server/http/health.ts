/** Tells load balancers and people whether this server can do its work: 200, or 503 without its database. */
import type { RequestHandler } from "express";
import type { Logger } from "../log.ts";

const patienceMs = 2_000;

export const health =
  (ping: () => Promise<void>, log: Logger): RequestHandler =>
  async (_request, response) => {
    response.set("cache-control", "no-store");
    try {
      await within(patienceMs, ping());
      response.json({ status: "ok", database: "ok" });
    } catch (err) {
      log.warn({ err }, "the database does not answer");
      response.status(503).json({ status: "unavailable", database: "does not answer" });
    }
  };

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
