/** A run as its page has it. */
import type { RunQuery } from "../../graphql/generated/graphql.ts";

export type Run = NonNullable<RunQuery["run"]>;
