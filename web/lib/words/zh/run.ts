import type { Catalogue } from "../catalogue.ts";

export const run: Catalogue = {};
