/** The browser tab's title; it shows progress while something runs. */
"use client";
import { useEffect } from "react";

export function useTabTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Gatecast`;
    return () => {
      document.title = "Gatecast";
    };
  }, [title]);
}
