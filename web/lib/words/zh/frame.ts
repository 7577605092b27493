import type { Catalogue } from "../catalogue.ts";

export const frame: Catalogue = {};
