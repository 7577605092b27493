/** Which line is which: by colour, and by width and dashes for who cannot tell colours. */
import styles from "./chart-frame.module.css";

export interface KeyLine {
  readonly name: string;
  readonly colour: string;
  readonly width?: number;
  /** Lengths of dash and gap; absent: solid. */
  readonly dash?: string;
  /** A filled strip instead of a line. */
  readonly isBand?: boolean;
}

export function LineKey({ lines }: { lines: readonly KeyLine[] }) {
  return (
    <ul className={styles.key}>
      {lines.map(({ name, colour, width = 2, dash, isBand = false }) => (
        <li key={name}>
          <svg width="26" height="12" aria-hidden="true">
            {isBand ? (
              <rect width="26" height="12" fill={colour} opacity="0.4" />
            ) : (
              <line x1="0" x2="26" y1="6" y2="6" stroke={colour} strokeWidth={width} strokeDasharray={dash} />
            )}
          </svg>
          <span title={name}>{name}</span>
        </li>
      ))}
    </ul>
  );
}
