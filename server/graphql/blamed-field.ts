/** Which input a GraphQL error is about: the same field, whether its value came in a variable or stood in the document. */
import { type ASTNode, BREAK, type GraphQLError, Kind, parse, visit } from "graphql";

const valueKinds: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
]);

/** Path of the field as domain errors write it (`layers[1].units`, without the argument's name); null when the error is about no value. */
export function blamedField({ message, nodes }: GraphQLError): string | null {
  const node = nodes?.[0];
  const path = pathInVariable(message) ?? (node && valueKinds.has(node.kind) ? pathInDocument(node) : null);
  if (path === null) return null;
  const missing = /Field "(?:\w+\.)?(\w+)" (?:of required type|is not defined)/.exec(message)?.[1];
  const steps = missing === undefined || path.at(-1) === `.${missing}` ? path : [...path, `.${missing}`];
  const withinArgument = steps.length > 1 ? steps.slice(1) : steps;
  return withinArgument.join("").replace(/^\./, "");
}

/** graphql-js names the place only in the message: `Variable "$input" got invalid value 1.5 at "input.window"; ...` */
function pathInVariable(message: string): string[] | null {
  const variable = /^Variable "\$(\w+)"/.exec(message)?.[1];
  if (variable === undefined) return null;
  const place = / at "([\w.[\]]+)"; /.exec(message)?.[1] ?? variable;
  return place.match(/\.?\w+|\[\d+\]/g);
}

function pathInDocument(target: ASTNode): string[] | null {
  if (target.loc === undefined) return null;
  const { source, start } = target.loc;
  const steps: string[] = [];
  let found: string[] | null = null;
  visit(parse(source), {
    enter(node, key, parent) {
      const step = stepInto(node, key, parent);
      if (step !== null) steps.push(step);
      if (node.kind !== target.kind || node.loc?.start !== start) return undefined;
      found = [...steps];
      return BREAK;
    },
    leave(node, key, parent) {
      if (stepInto(node, key, parent) !== null) steps.pop();
    },
  });
  return found;
}

function stepInto(node: ASTNode, key: unknown, parent: unknown): string | null {
  if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return `.${node.name.value}`;
  const inList = Array.isArray(parent) && typeof key === "number" && valueKinds.has(node.kind);
  return inList ? `[${key}]` : null;
}
