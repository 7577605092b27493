/** Where files are imported: they are dropped or chosen here, and dealt with one after the other in a dialog. */
"use client";
import { type ReactNode, useState } from "react";
import styles from "./drop-zone.module.css";
import { DropZone } from "./drop-zone.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import type { ImportFile } from "./read-file.ts";

interface Props {
  /** The symbol of the series that files are for, where the page is about one; otherwise their names tell. */
  readonly symbol?: string;
  readonly isCompact?: boolean;
  readonly children?: ReactNode;
}

interface Queue {
  /** The first is in the dialog. */
  readonly files: readonly ImportFile[];
  /** How many were dealt with before it. */
  readonly done: number;
}
const noFiles: Queue = { files: [], done: 0 };

export function ImportDesk({ symbol, isCompact = false, children }: Props) {
  const [{ files, done }, setQueue] = useState(noFiles);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [file] = files;
  const told = problems.length > 0 && (
    <ul className={styles.problems} role="alert">
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  );
  return (
    <>
      <DropZone
        isCompact={isCompact}
        onFiles={(more) => setQueue((before) => ({ ...before, files: [...before.files, ...more] }))}
        onProblems={setProblems}
      >
        {children}
      </DropZone>
      {!file && told}
      {file && (
        <ImportDialog
          key={`${done} ${file.name}`}
          file={file}
          symbol={symbol}
          place={{ number: done + 1, of: done + files.length }}
          onNext={() =>
            setQueue((before) =>
              before.files.length > 1 ? { files: before.files.slice(1), done: before.done + 1 } : noFiles,
            )
          }
        >
          {told}
        </ImportDialog>
      )}
    </>
  );
}
