/** A GraphQL request as a command for a terminal. */

/** Within single quotes a shell reads everything but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export const curl = (origin: string, query: string, variables: object): string =>
  [
    `curl ${quoted(`${origin}/graphql`)}`,
    `-H 'content-type: application/json'`,
    `--data ${quoted(JSON.stringify({ query, variables }))}`,
  ].join(" \\\n  ");
