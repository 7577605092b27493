/** How much one request may ask of the server, the same over HTTP and WebSocket. */

/** What anybody may send at any time: JSON.parse makes at most some 50 MB of it. */
export const requestBytes = 1024 * 1024;

/** Imports come as text in the request: some millions of rows. */
export const importBytes = 64 * 1024 * 1024;

/** How many imports above `requestBytes` a process reads and works at. Each may take 300 MB for a while. */
export const importsAtOnce = 2;

/** Around an import's text, variables and document there is little: its columns, its name. */
export const bytesOutsideStrings = 100_000;

/** Of a document that is kept, or that comes beside an import's text. Introspection as tools send it has 2,000. */
export const documentLength = 100_000;

/** Of what a subscription keeps of its variables, as JSON. */
export const keptVariablesLength = 100_000;

/** Words and signs of a document; introspection as tools send it has about 300. */
export const documentTokens = 5_000;

/** Brackets within brackets; introspection as tools send it has 15. The parser's stack ends at about 1,500. */
export const documentDepth = 100;

/** Operations at a time on one socket; a dashboard with many open pages has a dozen. */
export const operationsPerSocket = 100;

/** An operation's name on a socket is repeated in every message about it. */
export const operationIdLength = 1_000;

/** A ping's payload comes back with the pong. */
export const pingBytes = 1_000;

/** What may wait for a socket's reader behind the message that it is reading. */
export const unreadBytes = 4 * 1024 * 1024;
