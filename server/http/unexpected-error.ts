/** Answers errors that nothing else handled: an id for the caller, the details for the log. */
import { randomUUID } from "node:crypto";
import type { ErrorRequestHandler } from "express";
import type { Logger } from "../log.ts";

/** Express would show its stack trace. */
export const unexpectedError =
  (log: Logger): ErrorRequestHandler =>
  (err, request, response, next) => {
    const id = randomUUID();
    log.error({ err, errorId: id, path: request.path }, "a request failed");
    if (response.headersSent) return next(err); // Express cuts the connection off
    response
      .status(500)
      .type("text")
      .send(`Something went wrong on the server. Its log has the details under the id ${id}.\n`);
  };
