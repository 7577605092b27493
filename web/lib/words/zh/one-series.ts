import type { Catalogue } from "../catalogue.ts";

export const oneSeries: Catalogue = {};
