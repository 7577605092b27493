/** The address of a run that is not there. */
import { NothingHere } from "../../../components/nothing-here.tsx";

export default function NotFound() {
  return (
    <NothingHere title="There is no such run" href="/runs" way="All runs">
      The address may be mistyped, or the run was deleted.
    </NothingHere>
  );
}
