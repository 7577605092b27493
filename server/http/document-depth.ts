/** Refuses documents that are nested too deeply: 7 kB of brackets overflow the parser's stack. */
import { GraphQLError, Lexer, Source, TokenKind } from "graphql";
import { documentDepth, documentTokens } from "./limits.ts";

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Null: it may be parsed. */
export function refuseDepth(query: string): GraphQLError | null {
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  try {
    for (let count = 0; count < documentTokens; count++) {
      const { kind } = lexer.advance();
      if (kind === TokenKind.EOF) return null;
      if (opening.has(kind) && ++depth > documentDepth) return tooDeep;
      if (closing.has(kind)) depth--;
    }
  } catch {
    // The parser reports what is wrong with it.
  }
  return null;
}

const tooDeep = new GraphQLError(
  `a document may nest brackets ${documentDepth} deep, this one goes deeper: ask for less in one operation`,
  { extensions: { code: "LIMIT_EXCEEDED" } },
);
