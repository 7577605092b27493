import type { Catalogue } from "../catalogue.ts";

export const seriesImport: Catalogue = {};
