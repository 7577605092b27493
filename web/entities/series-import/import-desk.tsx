/** Where files are imported: they are dropped or chosen here, and dealt with one after the other in a dialog. */
"use client";
import { type ReactNode, useMemo, useState } from "react";
import styles from "./drop-zone.module.css";
import { DropZone } from "./drop-zone.tsx";
import { FilesAside } from "./files-aside.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { formOf, noFiles, withFiles, withForm, withoutFirst } from "./import-queue.ts";
import { useImportQueue } from "./use-import-queue.ts";

interface Props {
  /** The symbol of the series that files are for, where the page is about one; otherwise their names tell. */
  readonly symbol?: string;
  readonly isCompact?: boolean;
  readonly children?: ReactNode;
}

export function ImportDesk({ symbol, isCompact = false, children }: Props) {
  const [queue, setQueue, isWorth] = useImportQueue(symbol);
  const { files, done, isAside, forms } = queue;
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [file] = files;
  // The same one until it changes: another form is another check of the file.
  const form = useMemo(() => file && formOf({ forms }, file, symbol), [forms, file, symbol]);
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
        onFiles={(more) => setQueue((before) => withFiles(before, more))}
        onProblems={setProblems}
      >
        {children}
      </DropZone>
      {(!file || isAside) && told}
      {file && isAside && (
        <FilesAside
          files={files}
          onGoOn={() => setQueue((before) => ({ ...before, isAside: false }))}
          onDiscard={() => setQueue(noFiles)}
        />
      )}
      {file && form && !isAside && (
        <ImportDialog
          key={`${done} ${file.name}`}
          file={file}
          symbol={symbol}
          place={{ number: done + 1, of: done + files.length }}
          form={form}
          onForm={(change) =>
            setQueue((before) => withForm(before, file, change(formOf(before, file, symbol))))
          }
          onStored={() => setQueue((before) => ({ ...before, isStored: true }))}
          onNext={() => setQueue(withoutFirst)}
          onClose={(isSending) =>
            setQueue((before) => (isWorth || isSending ? { ...before, isAside: true } : withoutFirst(before)))
          }
        >
          {told}
        </ImportDialog>
      )}
    </>
  );
}
