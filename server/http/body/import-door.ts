/** The door for requests above 1 MiB: imports only, and few at a time. */
import { getOperationAST, Kind, type OperationDefinitionNode, OperationTypeNode, parse } from "graphql";
import { refuseDepth } from "../document-depth.ts";
import { documentLength, documentTokens, importsAtOnce, requestBytes } from "../limits.ts";
import type { Refusal } from "../refusal.ts";

export interface ImportDoor {
  /** Null: all places are taken. Call the returned function once the import has ended, however it ended. */
  enter(): (() => void) | null;
}

export function importDoor(places = importsAtOnce): ImportDoor {
  let taken = 0;
  return {
    enter() {
      if (taken === places) return null;
      taken++;
      let isLeft = false;
      return () => {
        if (!isLeft) taken--;
        isLeft = true;
      };
    },
  };
}

export const noPlace: Refusal = {
  status: 503,
  code: "UNAVAILABLE",
  message: `${importsAtOnce} large imports are under way already: try again in some seconds`,
  retryAfterMs: 5_000,
};

/** Whether a request of this size is what the door is for. */
export function refuseOtherThanImports(body: Readonly<Record<string, unknown>>): Refusal | null {
  const { query, operationName } = body;
  if (typeof query !== "string") return null; // GraphQL says what is missing
  if (query.length > documentLength)
    return tooLarge(
      `a document may have ${documentLength} characters, got ${query.length}: send the rows in a variable`,
    );
  const operation = operationOf(query, typeof operationName === "string" ? operationName : null);
  if (operation === null || isImport(operation)) return null;
  return tooLarge(
    `a request must be at most ${requestBytes} bytes unless all that it does is importPriceSeries: ` +
      "ask for other things in a request of their own",
  );
}

/** Null where GraphQL itself will refuse the document. */
function operationOf(query: string, operationName: string | null): OperationDefinitionNode | null {
  try {
    if (refuseDepth(query) !== null) return null;
    const document = parse(query, { maxTokens: documentTokens, noLocation: true });
    return getOperationAST(document, operationName) ?? null;
  } catch {
    return null;
  }
}

const isImport = ({ operation, selectionSet }: OperationDefinitionNode): boolean =>
  operation === OperationTypeNode.MUTATION &&
  selectionSet.selections.every(
    (selection) =>
      selection.kind === Kind.FIELD && ["importPriceSeries", "__typename"].includes(selection.name.value),
  );

export const tooLarge = (message: string): Refusal => ({ status: 413, code: "LIMIT_EXCEEDED", message });
