/** How much of a list is asked for; "Show more" asks for more of it. */
"use client";
import { useState } from "react";

const step = 25;
/** The API's limit. Whoever looks for something older is quicker with the search. */
export const longestList = 500;

export function usePageSize() {
  const [first, setFirst] = useState(step);
  return { first, more: () => setFirst((before) => Math.min(longestList, before * 2)) };
}
