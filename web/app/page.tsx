import { nowQuery } from "../features/now/documents.ts";
import { NowPage } from "../features/now/now-page.tsx";
import { EarlyQuery } from "./early-query.tsx";

export default function Page() {
  return (
    <>
      <EarlyQuery query={nowQuery} variables={{}} />
      <NowPage />
    </>
  );
}
