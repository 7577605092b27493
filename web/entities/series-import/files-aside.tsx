/** What was put aside on the way to an import: to go on with, or to discard. */
"use client";
import { Button } from "../../components/button.tsx";
import { t, tn } from "../../lib/words/t.ts";
import styles from "./drop-zone.module.css";
import type { ImportFile } from "./read-file.ts";

interface Props {
  readonly files: readonly ImportFile[];
  readonly onGoOn: () => void;
  readonly onDiscard: () => void;
}

export function FilesAside({ files, onGoOn, onDiscard }: Props) {
  const [first] = files;
  return (
    <div className={styles.aside} role="status" data-testid="files-aside">
      <Button className={styles.goOn} onClick={onGoOn}>
        {t("Go on with {file}", { file: first!.name })}
      </Button>
      <Button kind="quiet" onClick={onDiscard}>
        {files.length === 1 ? t("Discard") : tn(files.length, "Discard {n} file", "Discard {n} files")}
      </Button>
    </div>
  );
}
