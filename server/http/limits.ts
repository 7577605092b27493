/** How much one request may ask of the server, the same over HTTP and WebSocket. */

/** Imports come as text in the request: some millions of rows. */
export const requestBytes = 64 * 1024 * 1024;

/** Words and signs of a document; introspection as tools send it has about 300. */
export const documentTokens = 5_000;

/** Operations at a time on one socket; a dashboard with many open pages has a dozen. */
export const operationsPerSocket = 100;
