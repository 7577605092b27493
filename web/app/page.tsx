import { NowPage } from "../features/now/now-page.tsx";

export default function Page() {
  return <NowPage />;
}
