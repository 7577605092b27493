/** Brings the page's catalogue. English needs none, so its readers fetch none. */
"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import type { Language } from "../lib/words/language.ts";

const InChinese = dynamic(() => import("../lib/words/zh/index.tsx"));

export const InItsLanguage = ({ language, children }: { language: Language; children: ReactNode }) =>
  language === "zh" ? <InChinese>{children}</InChinese> : children;
