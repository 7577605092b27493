/** What the dashboard's code says: the sentences that go through the catalogue, and those that are written past it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

export interface Said {
  /** The catalogue's key. */
  readonly text: string;
  readonly where: string;
}
export interface WordsInCode {
  readonly said: readonly Said[];
  /** One line each: where, and what stands there. */
  readonly pastTheCatalogue: readonly string[];
}

/** Functions that say a sentence, and which of their arguments are in English. */
const sayers: Readonly<Record<string, readonly number[]>> = { t: [0], rich: [0], tn: [1, 2] };
/** Attributes and properties whose text people see or hear, however short it is. */
const spoken =
  /^(title|label|aria-label|aria-description|placeholder|alt|hint|note|name|words|text|message|heading|caption|explanation|unit|way|kept|empty|summary|description)$/;
/** Arguments of these are for developers. */
const forDevelopers =
  /^(Error|TypeError|RangeError|graphql|assert|console\.\w+|RegExp|querySelector\w*|closest|matches|getElementById|addEventListener|matchMedia|import|require|dynamic|invariant)$/;

export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(\.next|generated|node_modules)\//.test(name))
    .map((name) => join(folder, name))
    .toSorted();
}

export function wordsIn(path: string): WordsInCode {
  const source = ts.createSourceFile(
    path,
    readFileSync(path, "utf8"),
    ts.ScriptTarget.Latest,
    true,
    path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const said: Said[] = [];
  const past: string[] = [];
  const whereIs = (node: ts.Node) =>
    `${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;

  const visit = (node: ts.Node): void => {
    const isDirective = ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression);
    if (isDirective || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node))
      return;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const callee = node.expression.getText(source);
      const arguments_ = node.arguments ?? [];
      const places = sayers[callee];
      if (places) {
        arguments_.forEach((argument, at) => {
          if (!places.includes(at)) visit(argument);
          else if (!ts.isStringLiteralLike(argument))
            past.push(
              `${whereIs(node)} ${callee}(${argument.getText(source)}): the catalogue cannot know what that is`,
            );
          else if (at === places.at(-1)) said.push({ text: argument.text, where: whereIs(node) });
        });
        return;
      }
      if (
        forDevelopers.test(
          callee.replace(/^.*\.(?=(querySelector|closest|matches|getElement|addEvent|matchMedia))/, ""),
        )
      )
        return;
    }
    if (ts.isJsxText(node) && /\p{Letter}{2}/u.test(node.text))
      past.push(`${whereIs(node)} ${node.text.trim()}`);
    const text = textOf(node);
    if (
      text !== null &&
      !isForProgram(node) &&
      (isProse(text) || (isSpoken(node) && /^\p{Lu}?\p{Ll}+/u.test(text)))
    )
      past.push(`${whereIs(node)} ${text}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { said, pastTheCatalogue: past };
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
}

/** Words with a space between them, as sentences have them. A script for the page's head is none. */
const isProse = (text: string): boolean =>
  (/(^|[\s(“])\p{Lu}?\p{Ll}+[,:]? \p{Ll}{2,}/u.test(text) ||
    /^\p{Lu}\p{Ll}+ (\p{Ll}|\d|…)/u.test(text) ||
    /… \p{Ll}{2,}/u.test(text) ||
    /\p{Ll}{2,} …/u.test(text)) &&
  !text.startsWith("(() => {") &&
  !/^[MmLl][\d.]/.test(text) &&
  !/^[\w-]+(, | )[\w-]+: /.test(text);

function isSpoken(node: ts.Node): boolean {
  let { parent } = node;
  while (
    ts.isConditionalExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isJsxExpression(parent) ||
    (ts.isBinaryExpression(parent) && /^(\|\||\?\?|&&)$/.test(parent.operatorToken.getText()))
  )
    parent = parent.parent;
  if (ts.isJsxAttribute(parent)) return spoken.test(parent.name.getText());
  return (
    ts.isPropertyAssignment(parent) &&
    spoken.test(parent.name.getText()) &&
    parent.initializer.getText().startsWith('"') &&
    /^"\p{Lu}/u.test(parent.initializer.getText())
  );
}

/** A property's name, a class, a value that only a comparison reads. */
function isForProgram(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isJsxAttribute(parent))
    return /^(className|href|id|d|viewBox|style|rel|type|data-\w+|autoComplete|htmlFor)$/.test(
      parent.name.getText(),
    );
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (ts.isLiteralTypeNode(parent) || ts.isElementAccessExpression(parent)) return true;
  return ts.isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText());
}
