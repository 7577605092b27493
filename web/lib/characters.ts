/** Characters as people and the API count them: an emoji is one, though JavaScript counts two. Pure. */
export const charactersIn = (text: string): number => [...text].length;
