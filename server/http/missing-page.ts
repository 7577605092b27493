/** Tells pages of a run, series or experiment that there is no such one, so that they answer 404. */
import type { RequestHandler, Response } from "express";
import { isId } from "../graphql/known-id.ts";
import type { GraphqlApi } from "./graphql-api.ts";
import { within } from "./within.ts";

/** The dashboard reads it in web/app/missing.tsx. Whatever a request says here is replaced. */
const header = "x-gatecast-missing";
/** A page that waits for a database that is away would show nothing. */
const patienceMs = 1_000;
const pages = /^\/(runs|series|experiments)\/([^/]+)\/?$/;

export const missingPage = ({ createContext, log }: GraphqlApi): RequestHandler => {
  const find = (kind: string, id: string): Promise<unknown> => {
    const { runs, priceSeries, experiments } = createContext().services;
    if (kind === "runs") return runs.find(id);
    return kind === "series" ? priceSeries.findById(id) : experiments.find(id);
  };
  return async (request, response, next) => {
    delete request.headers[header];
    const [, kind, id] = pages.exec(request.path) ?? [];
    if (kind === undefined || id === undefined || id === "new") return next();
    try {
      if (!isId(id) || (await within(patienceMs, find(kind, id))) === null) {
        request.headers[header] = "1";
        // What Next's own router asks for must be 200, or it loads the whole page anew.
        if (request.headers.rsc === undefined) answer404(response);
      }
    } catch (err) {
      // The page says itself that the data cannot be had, and asks again.
      log.warn({ err }, "could not look up what a page is about");
    }
    next();
  };
};

/** Next would render its page of nothing for a status that is set beforehand, and sets its own otherwise. */
function answer404(response: Response): void {
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => Response;
  response.writeHead = ((status: number, ...rest: unknown[]) =>
    writeHead(status === 200 ? 404 : status, ...rest)) as Response["writeHead"];
}
