/** Numbers as people type them: 1,000, 1 000 or ６０, and several in one field: "1e-3, 3e-4", "1-5". Pure. */
import { t } from "../../lib/words/t.ts";

/** Full-width signs become the usual ones, and every minus the same. */
const usual = (text: string): string => text.normalize("NFKC").replaceAll("−", "-").trim();

const thousands = /^[+-]?[1-9]\d{0,2}((,\d{3})+|( \d{3})+)(\.\d+)?$/;
const pointForThousands = /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/;
const commaForPoint = /^[+-]?\d+,\d+$/;
const rangeOfWholes = /^(\d+)\s*[-–]\s*(\d+)$/;
/** A longer range is a slip of the finger. */
const longestRange = 100;

/** Text as a number; NaN for anything else, an empty text too. */
export function numberOf(text: string): number {
  const plain = usual(text);
  if (plain === "") return Number.NaN;
  // Adding 0 turns -0, which no one means, into 0.
  return Number(thousands.test(plain) ? plain.replaceAll(/[, ]/g, "") : plain) + 0;
}

/** What may have been meant by a comma or a point that can be read in two ways; null where there is none. */
export function meantQuestion(text: string, isWhole: boolean): string | null {
  const plain = usual(text);
  if (isWhole && pointForThousands.test(plain))
    return t("Is {number} meant? Write thousands as 1,000, 1 000 or 1000", {
      number: plain.replaceAll(".", ""),
    });
  return commaForPoint.test(plain) && Number.isNaN(numberOf(plain))
    ? t(
        "Is {number} meant? Write the decimal point as a point, and several values with a space after each comma",
        { number: plain.replace(",", ".") },
      )
    : null;
}

/** The texts of several values in one field; one, as it is, where it is no list. */
export function textsOf(text: string, isWhole: boolean): readonly string[] {
  const plain = usual(text);
  const [, first, last] = (isWhole && rangeOfWholes.exec(plain)) || [];
  if (first !== undefined && last !== undefined) {
    const length = Number(last) - Number(first) + 1;
    if (length >= 2 && length <= longestRange)
      return Array.from({ length }, (_, at) => String(Number(first) + at));
  }
  const apart = plain.split(/[;、]\s*|,\s+/).filter((part) => part !== "");
  if (apart.length > 1) return apart;
  // A comma without a space may be a decimal point, where the field takes one.
  const isTight = !thousands.test(plain) && (isWhole || !commaForPoint.test(plain));
  const parts = isTight ? plain.split(",").filter((part) => part !== "") : [];
  return parts.length > 1 ? parts : [text];
}
