/** What stands beside each other in a line. Pure. */
import { t } from "../../lib/words/t.ts";

/** "window, horizon": what one sentence counts up, which Chinese parts by another sign than its clauses. */
export const enumerated = (parts: readonly string[]): string => parts.join(t("words|, "));

/** "12 of 60, about 20 s left", without those that are not there. */
export const listed = (parts: readonly (string | false)[]): string =>
  parts.filter((part) => part !== false).join(t(", "));
