/** What the form for a new run may begin from, as the API tells it. */
import type { StartChoicesQuery } from "../../graphql/generated/graphql.ts";

export type Preset = StartChoicesQuery["trainingPresets"][number];
export type SeriesChoice = StartChoicesQuery["allPriceSeries"]["edges"][number]["node"];
