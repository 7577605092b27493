import type { Catalogue } from "../catalogue.ts";

export const experiment: Catalogue = {};
