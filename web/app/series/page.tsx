import { AllSeriesPage } from "../../features/all-series/all-series-page.tsx";

export default function Page() {
  return <AllSeriesPage />;
}
