/** The browser tab's title, which shows progress while something runs. One a page; React moves it into the head. */
export function TabTitle({ children }: { children: string }) {
  return <title>{`${children} · Gatecast`}</title>;
}
