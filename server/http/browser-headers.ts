/** Headers of every answer for browsers, pages and data alike. */
import { randomBytes } from "node:crypto";
import type { RequestHandler } from "express";

/** @param publicUrl where a proxy serves the dashboard: its live connection goes there. */
export const browserHeaders = (publicUrl: string | null): RequestHandler => {
  const publicHost = publicUrl === null ? [] : [new URL(publicUrl).host];
  return (request, response, next) => {
    const nonce = randomBytes(16).toString("base64");
    const asked = request.headers.host ?? "";
    const hosts = [...publicHost, ...(/^[\w.[\]:-]+$/.test(asked) ? [asked] : [])];
    const policy = contentPolicy(nonce, hosts);
    // Next finds the nonce for its scripts here.
    request.headers["content-security-policy"] = policy;
    response.locals.nonce = nonce;
    response.set({
      "content-security-policy": policy,
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY", // for browsers that do not know frame-ancestors
      "referrer-policy": "same-origin",
    });
    next();
  };
};

function contentPolicy(nonce: string, hosts: readonly string[]): string {
  const sockets = hosts.flatMap((host) => [`ws://${host}`, `wss://${host}`]);
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    // Shows news outside of the page; by script-src alone none but scripts with the nonce could be one.
    "worker-src 'self'",
    // The charts set styles of their elements as they draw.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src ${["'self'", ...sockets].join(" ")}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    // No foreign page may lay the dashboard under its own buttons.
    "frame-ancestors 'none'",
  ].join("; ");
}
