import type { Catalogue } from "../catalogue.ts";

export const now: Catalogue = {};
