/** A form's fields as the API's ImportPriceSeriesInput: text to values, and then GraphQL's own checks. */
import {
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import { wrong } from "./receive-form.ts";

/** What POST /import answers, asked of the schema: what is checked, run and presented is the mutation itself. */
export const importDocument = parse(`
  mutation Import($input: ImportPriceSeriesInput!) {
    importPriceSeries(input: $input) {
      priceSeries {
        id symbol name currency timezone barCount firstTime lastTime contentHash
        version { id number contentHash barCount }
      }
      report {
        rowsRead rowsAdded rowsUpdated rowsUnchanged rowsRejected
        problems { line column message }
        columns { column field }
        warnings
        review {
          changedBars { time changes { field before after } }
          jumps { time before after splitRatio }
          jumpCount
          outline { time low high close }
        }
      }
    }
  }
`);

/** Fields that are no input of the mutation. */
const ownFields = ["upload", "keep"] as const;

const flags = new Map([
  ["true", true],
  ["false", false],
]);
const objects = ["columns", "columnPositions"];

/** @throws Refused for a text that is no value; GraphQLError as GraphQL for what the input does not take. */
export function importVariables(
  schema: GraphQLSchema,
  fields: ReadonlyMap<string, string>,
): { input: Record<string, unknown> } {
  const given = [...fields].filter(([name]) => !(ownFields as readonly string[]).includes(name));
  const input: Record<string, unknown> = Object.fromEntries(
    given.map(([name, text]) => [name, fieldValue(name, text)]),
  );
  const operation = importDocument.definitions[0] as OperationDefinitionNode;
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], {
    input: { ...input, csv: "" },
  });
  const [first] = errors ?? [];
  if (first)
    throw new GraphQLError(first.message, { nodes: first.nodes, originalError: first.originalError });
  return { input: { ...input, csv: "" } };
}

/** Treats an empty field as left out, since forms send empty fields. */
function fieldValue(name: string, text: string): unknown {
  if (text === "" && name !== "symbol") return null;
  if (name === "dryRun") return flagOf(name, text);
  if (name === "headerLine") return /^\d{1,9}$/.test(text) ? Number(text) : text;
  if (!objects.includes(name)) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(
      name,
      `${name} must be JSON such as {"time": "when"}, got ${JSON.stringify(text.slice(0, 100))}`,
    );
  }
}

/** @throws Refused */
export function flagOf(name: string, text: string): boolean {
  const flag = flags.get(text);
  if (flag === undefined)
    throw wrong(name, `${name} must be true or false, got ${JSON.stringify(text.slice(0, 100))}`);
  return flag;
}
