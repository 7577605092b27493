import { Suspense } from "react";
import { AllSeriesPage } from "../../features/all-series/all-series-page.tsx";

export default function Page() {
  return (
    // What the address says of the search is known in the browser only.
    <Suspense>
      <AllSeriesPage />
    </Suspense>
  );
}
