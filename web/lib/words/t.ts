/**
 * The dashboard's words. English stands in the code, where it is read, and is the key of the Chinese catalogue (zh/): a test
 * finds each sentence that has none there, each that nobody says any more, and each that is written past this file.
 */
import { createElement, Fragment, type ReactNode } from "react";
import { chinese } from "./catalogue.ts";
import { joined } from "./joined.ts";
import { language } from "./language.ts";

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type Values<Text extends string, Value, Known extends string = never> = [
  Exclude<Names<Text>, Known>,
] extends [never]
  ? []
  : [values: Readonly<Record<Exclude<Names<Text>, Known>, Value>>];

/**
 * @param text in English, with {names} for the values. What stands before a bar tells apart what only other languages do,
 * and is not shown: "price|Open".
 */
export const t = <Text extends string>(text: Text, ...[values]: Values<Text, string | number>): string =>
  filled(translated(text), values ?? {});

/** A sentence about a number, which stands in it as {n}: `one` for 1, else `many`, which is the catalogue's key. */
export const tn = <Text extends string>(
  n: number,
  one: string,
  many: Text,
  ...[values]: Values<Text, string | number, "n">
): string =>
  filled(language() === "en" && n === 1 ? withoutContext(one) : translated(many), {
    ...values,
    n: grouped.format(n),
  });

/** A sentence with elements in it. */
export function rich<Text extends string>(text: Text, ...[values]: Values<Text, ReactNode>): ReactNode {
  const known: Readonly<Record<string, ReactNode>> = values ?? {};
  const parts = translated(text)
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 === 1 ? known[part] : part));
  return createElement(Fragment, null, ...parts);
}

/** Both languages write 12,345 so. */
const grouped = new Intl.NumberFormat("en-US");

const translated = (text: string): string =>
  (language() === "zh" ? chinese()[text] : undefined) ?? withoutContext(text);

const withoutContext = (text: string): string => text.replace(/^[\w ]+\|/, "");

function filled(text: string, values: Readonly<Record<string, unknown>>): string {
  const parts = text.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 1 ? String(values[part]) : part));
  return language() === "zh" ? joined(parts) : parts.join("");
}
