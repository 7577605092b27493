/** Tells load balancers and people whether this server can do its work: 200, or 503 without its database or its disk. */
import type { RequestHandler } from "express";
import type { Logger } from "../log.ts";
import { within } from "./within.ts";

/** What `ping` answers while the database answers: with "disk full" nothing can be stored, and reads go on. */
export type DatabaseState = "ok" | "disk full";

const patienceMs = 2_000;

export const health = (ping: () => Promise<DatabaseState>, log: Pick<Logger, "warn">): RequestHandler => {
  // Health checks come every few seconds and must not fill the log: logs a trouble only when it begins.
  let last = "ok";
  const tell = (state: string, ...line: [object, string]) => {
    if (state !== last) log.warn(...line);
    last = state;
  };
  return async (_request, response) => {
    response.set("cache-control", "no-store");
    try {
      const database = await within(patienceMs, ping());
      if (database === "ok") {
        last = "ok";
        response.json({ status: "ok", database });
        return;
      }
      tell(database, {}, "the database has no space left: runs wait, nothing can be stored");
      response.status(503).json({ status: "degraded", database });
    } catch (err) {
      tell("away", { err }, "the database does not answer");
      response.status(503).json({ status: "unavailable", database: "does not answer" });
    }
  };
};
