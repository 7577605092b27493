/** The course of a few values in the size of a word, in the colour of the text around it. */
import styles from "./sparkline.module.css";
import { sparklinePath } from "./sparkline-path.ts";

interface Props {
  readonly values: readonly number[];
  readonly width?: number;
  readonly height?: number;
  /** For those who do not see it. Left out, it is decoration: what it shows stands in numbers beside it. */
  readonly words?: string;
  readonly isEndMarked?: boolean;
}

export function Sparkline({ values, width = 96, height = 28, words, isEndMarked = false }: Props) {
  const line = sparklinePath(values, width, height);
  const drawing = line && (
    <>
      <path d={line.path} />
      {isEndMarked && <circle cx={line.end.x} cy={line.end.y} r="1.75" />}
    </>
  );
  const frame = { className: styles.sparkline, viewBox: `0 0 ${width} ${height}`, width, height };
  if (words === undefined)
    return (
      <svg {...frame} aria-hidden="true">
        {drawing}
      </svg>
    );
  return (
    <svg {...frame} role="img">
      <title>{words}</title>
      {drawing}
    </svg>
  );
}
