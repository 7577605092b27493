/** Sends a file once, however many checks it takes: the server keeps it, and what follows names it. Knows no page. */
import type { ApiError } from "../../lib/api-error.ts";
import type { ImportFields } from "./import-form.ts";
import type { ImportPayload } from "./import-payload.ts";

export interface PostedImport {
  readonly fields: ImportFields;
  /** The file, or the id by which the server keeps it. */
  readonly source: { readonly file: Blob } | { readonly upload: string };
}

export type Posted = { readonly upload: string | null } & (
  | { readonly data: ImportPayload }
  | { readonly error: ApiError }
);

export interface Sent {
  readonly done: number;
  readonly total: number;
}

export type Outcome = { readonly data: ImportPayload } | { readonly error: ApiError };

export interface ImportSender {
  /** Null once the signal has aborted: what others have to say is asked for by them. */
  send(
    fields: ImportFields,
    onSent: (sent: Sent | null) => void,
    signal: AbortSignal,
  ): Promise<Outcome | null>;
  /** Breaks off a file that is on its way. */
  stop(): void;
}

type Post = (request: PostedImport, onSent: (sent: Sent) => void, signal: AbortSignal) => Promise<Posted>;

export function importSender(file: Blob, post: Post): ImportSender {
  const life = new AbortController();
  let upload: string | null = null;
  let sending: Promise<unknown> | null = null;
  let tell: (sent: Sent | null) => void = () => {};

  const sendFile = async (fields: ImportFields): Promise<Posted> => {
    const posted = post({ fields, source: { file } }, (sent) => tell(sent), life.signal);
    sending = posted;
    const answer = await posted;
    sending = null;
    tell(null);
    ({ upload } = answer);
    return answer;
  };

  return {
    async send(fields, onSent, signal) {
      tell = onSent;
      // A check that a newer one replaces has sent half of the file, perhaps: it is not begun again.
      while (sending !== null && !signal.aborted) await sending;
      if (signal.aborted) return null;
      if (upload === null) {
        const answer = await sendFile(fields);
        return signal.aborted ? null : answer;
      }
      const answer = await post({ fields, source: { upload } }, () => {}, signal);
      if (signal.aborted) return null;
      // It was kept for some minutes, or by another server behind the same address.
      const isGone = "error" in answer && answer.error.code === "NOT_FOUND";
      if (!isGone) return answer;
      upload = null;
      const again = await sendFile(fields);
      return signal.aborted ? null : again;
    },
    stop: () => life.abort(),
  };
}
