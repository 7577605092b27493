/** Waits until a reader is about to see something, for what costs much to fetch or to draw. */

/** So much of the screen's height beneath and above it counts as near. */
const margin = "30%";

/** Calls `act` once, as soon as `element` is near. @returns how to stop waiting */
export function whenNear(element: Element, act: () => void): () => void {
  const watcher = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watcher.disconnect();
      act();
    },
    { rootMargin: `${margin} 0%` },
  );
  watcher.observe(element);
  return () => watcher.disconnect();
}
