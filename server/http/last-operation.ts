/** Notes the operation that was begun last, so that the log can name it if this process freezes. */

let tell: (doing: string) => void = () => {};

/** @param to called with each operation before it is executed; for the process, not for one server. */
export function tellOperations(to: (doing: string) => void): void {
  tell = to;
}

/** @param bytes of its request. */
export function noteOperation(name: string, bytes: number): void {
  tell(`${name.replace(/\p{C}+/gu, " ").slice(0, longestName)} (${bytes} bytes)`);
}

const longestName = 100;

/** Of a request that has not been checked yet: its operation's name, or else how its document begins. */
export function nameOfOperation({
  query,
  operationName,
}: {
  query?: unknown;
  operationName?: unknown;
}): string {
  if (typeof operationName === "string" && operationName !== "") return operationName.slice(0, longestName);
  return typeof query === "string" ? query.slice(0, longestName).trim() : "an operation without a document";
}
