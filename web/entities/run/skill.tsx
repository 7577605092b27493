/** The skill over the naive forecast, coloured by whether there is any. */
import { signedPercent } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./skill.module.css";

export function Skill({ value }: { value: number }) {
  const className = value > 0 ? styles.better : styles.worse;
  const words = value > 0 ? t("better than the naive forecast") : t("no better than the naive forecast");
  return (
    <strong className={className} title={words}>
      {signedPercent(value)}
      <span className="visually-hidden"> {words}</span>
    </strong>
  );
}
