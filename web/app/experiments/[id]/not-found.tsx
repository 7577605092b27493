/** The address of a experiment that is not there. */
import { NothingHere } from "../../../components/nothing-here.tsx";

export default function NotFound() {
  return (
    <NothingHere title="There is no such experiment" href="/runs?group=true" way="All experiments">
      The address may be mistyped, or the experiment was deleted.
    </NothingHere>
  );
}
