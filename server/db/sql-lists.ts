/** An array as PostgreSQL reads it from text, for values that need no quotes. Prisma 7.10 rounds the numbers of a list to 16 digits. */
export const listOf = (values: readonly (number | string | null)[]): string =>
  `{${values.map((value) => value ?? "NULL").join(",")}}`;
