/** The Chinese catalogue, as a component: what stands in it is rendered once the catalogue is there. */
import type { ReactNode } from "react";
import { installChinese } from "../catalogue.ts";
import { apiSentences } from "./api/index.ts";
import { chineseWords } from "./words.ts";

installChinese(chineseWords, apiSentences);

export default function InChinese({ children }: { children: ReactNode }) {
  return children;
}
