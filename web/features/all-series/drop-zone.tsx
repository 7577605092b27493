/** Takes a file that is dropped on it, or chosen. */
"use client";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { decodeText } from "./csv-file.ts";
import styles from "./drop-zone.module.css";
import type { ImportFile } from "./use-import.ts";

interface Props {
  readonly onFile: (file: ImportFile) => void;
  readonly children: ReactNode;
}

export function DropZone({ onFile, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      setProblem(null);
      onFile({ name: file.name, csv: decodeText(new Uint8Array(await file.arrayBuffer())) });
    } catch {
      setProblem(`${file.name} could not be read. Is it a file, and still there?`);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button within does the same from the keyboard
    <div
      className={isOver ? `${styles.zone} ${styles.over}` : styles.zone}
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      {children}
      <Button onClick={() => input.current?.click()}>Choose a file</Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.txt,text/csv"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {problem && <p role="alert">{problem}</p>}
    </div>
  );
}
