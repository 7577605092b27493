/** Takes a file that is dropped anywhere on the page, or chosen. */
"use client";
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import styles from "./drop-zone.module.css";
import { type ImportFile, readFile } from "./read-file.ts";

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
      const read = await readFile(file);
      if ("problem" in read) setProblem(read.problem);
      else onFile(read);
    } catch {
      setProblem(`${file.name} could not be read. Is it a file, and still there?`);
    }
  };

  // The whole window takes the file: dropped beside the zone, the browser would leave the page and show it.
  const takeNow = useEffectEvent(take);
  useEffect(() => {
    const over = (event: DragEvent) => {
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setIsOver(false);
      void takeNow(event.dataTransfer?.files[0]);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);

  return (
    <div className={isOver ? `${styles.zone} ${styles.over}` : styles.zone} data-testid="drop-zone">
      {children}
      <Button onClick={() => input.current?.click()}>Choose a file</Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.asc,.dat,.prn,text/csv,text/plain,text/tab-separated-values"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
