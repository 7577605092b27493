/** What holds for every cell of a foreign file. */

/** No date and no number is longer; a longer cell meets no regular expression. */
export const longestCell = 64;
