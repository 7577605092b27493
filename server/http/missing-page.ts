/** Tells pages of a run, series or experiment that there is no such one, so that they answer 404. */
import type { RequestHandler } from "express";
import { isId } from "../graphql/known-id.ts";
import type { GraphqlApi } from "./graphql-api.ts";
import { within } from "./within.ts";

/** The dashboard reads it in web/app/known-page.ts. Whatever a request says here is replaced. */
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
  return async (request, _response, next) => {
    delete request.headers[header];
    const [, kind, id] = pages.exec(request.path) ?? [];
    if (kind === undefined || id === undefined || id === "new") return next();
    try {
      if (!isId(id) || (await within(patienceMs, find(kind, id))) === null) request.headers[header] = "1";
    } catch (err) {
      // The page says itself that the data cannot be had, and asks again.
      log.warn({ err }, "could not look up what a page is about");
    }
    next();
  };
};
