/** What browsers are told with every answer, pages and data alike. */
import type { RequestHandler } from "express";

export const browserHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    // No foreign page may lay the dashboard under its own buttons.
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
  });
  next();
};
