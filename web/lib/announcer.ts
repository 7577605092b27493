/** What a screen reader is told of, from anywhere on the page; components/announcer.tsx says it. */
export interface Announcement {
  readonly text: string;
  /** Interrupts: only for what has failed. */
  readonly isUrgent: boolean;
}

type Listener = (announcement: Announcement) => void;
const listeners = new Set<Listener>();

export function announce(text: string, isUrgent = false): void {
  for (const listener of listeners) listener({ text, isUrgent });
}

export function onAnnouncement(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
