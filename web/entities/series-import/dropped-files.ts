/** Files that are dropped on a page, also while its scripts are on their way: they wait for the zone that takes them. */

const key = "gatecastDropped";

interface Dropped {
  readonly path: string;
  readonly files: readonly File[];
}

/** Runs in the page's head. Without it, a browser would leave the page and show what was dropped. */
export const droppedFilesScript = `(() => {
  addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    window.${key} = { path: location.pathname, files: [...event.dataTransfer.files] };
  });
})();`;

/** @returns what was dropped on this page and is not taken yet. */
export function takeDroppedFiles(): readonly File[] {
  const waiting = window as { [key]?: Dropped };
  const dropped = waiting[key];
  delete waiting[key];
  return dropped?.path === location.pathname ? dropped.files : [];
}
