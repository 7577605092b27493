/** Says to screen readers what happens on the page: politely, and at once what failed. */
"use client";
import { useEffect, useState } from "react";
import { onAnnouncement } from "../lib/announcer.ts";

export function Announcer() {
  const [said, setSaid] = useState({ polite: "", urgent: "" });
  useEffect(
    () =>
      onAnnouncement(({ text, isUrgent }) =>
        setSaid((before) => (isUrgent ? { ...before, urgent: text } : { ...before, polite: text })),
      ),
    [],
  );
  return (
    <div className="visually-hidden" data-testid="announcer">
      <p role="status" aria-live="polite">
        {said.polite}
      </p>
      <p role="alert" aria-live="assertive">
        {said.urgent}
      </p>
    </div>
  );
}
