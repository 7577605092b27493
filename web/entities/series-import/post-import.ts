/** One request to POST /import. Not with fetch, which does not say how much of a file has been sent. */
import { readError } from "../../lib/api-error.ts";
import type { ImportPayload } from "./import-payload.ts";
import type { Posted, PostedImport, Sent } from "./import-sender.ts";

/** @param signal breaks it off; it then resolves with an error that nobody looks at. */
export function postImport(
  { fields, source }: PostedImport,
  onSent: (sent: Sent) => void,
  signal: AbortSignal,
): Promise<Posted> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // The file comes last: the server reads the fields first.
  if ("upload" in source) form.append("upload", source.upload);
  else {
    form.append("keep", "true");
    form.append("file", source.file, "prices.csv");
  }
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const end = () => resolve(readAnswer(request));
    request.open("POST", "/import");
    request.upload.onprogress = ({ loaded, total }) => onSent({ done: loaded, total });
    request.onload = end;
    request.onerror = end;
    request.onabort = end;
    signal.addEventListener("abort", () => request.abort(), { once: true });
    if (signal.aborted) request.abort();
    request.send(form);
  });
}

function readAnswer(request: XMLHttpRequest): Posted {
  const response = {
    status: request.status,
    headers: { get: (name: string) => request.getResponseHeader(name) },
  };
  const body = parsed(request.responseText);
  const upload = typeof body?.upload === "string" ? body.upload : null;
  if (body?.report) return { upload, data: body as unknown as ImportPayload };
  const errors = Array.isArray(body?.errors) ? body.errors : [];
  return { upload, error: readError({ graphQLErrors: errors, response }) };
}

/** Null where a proxy answered, or nobody. */
function parsed(text: string): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" ? (body as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
