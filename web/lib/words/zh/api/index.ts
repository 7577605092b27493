/** All sentences and labels of the API in Chinese, by their English. */
import type { SaidTemplate } from "../../said.ts";
import { argumentNames } from "./arguments.ts";
import { columns } from "./columns.ts";
import { engines } from "./engines.ts";
import { events } from "./events.ts";
import { importRows } from "./import-rows.ts";
import { imports } from "./imports.ts";
import { presets } from "./presets.ts";
import { recipe } from "./recipe.ts";
import { refusals } from "./refusals.ts";
import { results } from "./results.ts";
import { stored } from "./stored.ts";
import { warnings } from "./warnings.ts";

export const apiSentences: readonly SaidTemplate[] = [
  ...recipe,
  ...argumentNames,
  ...presets,
  ...columns,
  ...warnings,
  ...results,
  ...events,
  ...engines,
  ...imports,
  ...importRows,
  ...refusals,
  ...stored,
];
