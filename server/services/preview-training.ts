/** What a form shows before a training is started. Reads no bars: cheap enough to be asked at each change of a field. */
import { NotFound } from "../domain/errors.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import { previewOf } from "../recipe/preview.ts";
import type { Services } from "./services.ts";

/** @throws NotFound (the series) */
export const previewTraining =
  ({ series }: { readonly series: Pick<PriceSeriesStore, "findById"> }): Services["previewTraining"] =>
  async (request) => {
    const found = await series.findById(request.priceSeriesId);
    if (!found) throw new NotFound(`there is no price series ${request.priceSeriesId}`);
    return previewOf(request, found.barCount);
  };
