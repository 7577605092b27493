/** Takes files that are dropped anywhere on the page, or chosen: several at once, too. */
"use client";
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { t } from "../../lib/words/t.ts";
import styles from "./drop-zone.module.css";
import { takeDroppedFiles } from "./dropped-files.ts";
import { type ImportFile, readFile } from "./read-file.ts";

interface Props {
  /** What can be read, in the order in which it was given. */
  readonly onFiles: (files: readonly ImportFile[]) => void;
  /** What cannot, in words, one for each; an empty list takes back what was said before. */
  readonly onProblems: (problems: readonly string[]) => void;
  /** A button alone, where the page has other business. */
  readonly isCompact?: boolean;
  readonly children?: ReactNode;
}

export function DropZone({ onFiles, onProblems, isCompact = false, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);

  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    onProblems([]);
    const read = await Promise.all(files.map(readOrSay));
    const problems = read.flatMap((it) => ("problem" in it ? [it.problem] : []));
    if (problems.length > 0) onProblems(problems);
    const good = read.filter((it): it is ImportFile => !("problem" in it));
    if (good.length > 0) onFiles(good);
  };

  const takeNow = useEffectEvent(take);
  useEffect(() => {
    // What was chosen or dropped before the page's scripts had come.
    void takeNow([...(input.current?.files ?? []), ...takeDroppedFiles()]);
    if (input.current) input.current.value = "";
    // The whole window takes files: a script in the page's head has heard of each event before.
    const over = (event: DragEvent) => {
      if (event.defaultPrevented) setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = () => {
      setIsOver(false);
      void takeNow(takeDroppedFiles());
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

  const zone = isCompact ? styles.compact : styles.zone;
  return (
    <div className={isOver ? `${zone} ${styles.over}` : zone} data-testid="drop-zone">
      {children}
      <Button onClick={() => input.current?.click()}>
        {isCompact ? t("Import bars") : t("Choose files")}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".csv,.tsv,.txt,.asc,.dat,.prn,text/csv,text/plain,text/tab-separated-values"
        onChange={(event) => {
          void take([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </div>
  );
}

async function readOrSay(file: File) {
  try {
    return await readFile(file);
  } catch {
    return { problem: t("{name} could not be read. Is it a file, and still there?", { name: file.name }) };
  }
}
