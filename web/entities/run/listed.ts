/** What stands beside each other in a line. Pure. */
import { t } from "../../lib/words/t.ts";

/** "12 of 60, about 20 s left", without those that are not there. */
export const listed = (parts: readonly (string | false)[]): string =>
  parts.filter((part) => part !== false).join(t(", "));
