/** The page that starts a run: what it may begin from is fetched first, then the form is shown. */
"use client";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { longestList } from "../../lib/use-page-size.ts";
import { t } from "../../lib/words/t.ts";
import { likeRunQuery, startChoicesQuery } from "./documents.ts";
import { formValues } from "./form-values.ts";
import { StartForm } from "./start-form.tsx";

interface Props {
  readonly seriesId: string | null;
  /** A run whose configuration is taken over. */
  readonly likeRunId: string | null;
}

export function StartPage({ seriesId, likeRunId }: Props) {
  const choices = useApiQuery(startChoicesQuery, { first: longestList }, { about: ["PriceSeries"] });
  const like = useApiQuery(likeRunQuery, { id: likeRunId ?? "" }, { pause: likeRunId === null });
  const error = choices.error ?? like.error;

  if (!choices.data || (likeRunId !== null && !like.data))
    return (
      <Card>
        {error ? (
          <Failure error={error} onRetry={choices.refetch} />
        ) : (
          <Loading lines={8} label={t("Loading the form")} />
        )}
      </Card>
    );

  const series = choices.data.allPriceSeries.edges.map(({ node }) => node);
  if (series.length === 0)
    return (
      <Card>
        <Empty
          title={t("There is nothing to train on yet")}
          action={
            <ButtonLink kind="primary" href="/series">
              {t("Import a series")}
            </ButtonLink>
          }
        >
          {t("A run needs a price series.")}
        </Empty>
      </Card>
    );
  const presets = choices.data.trainingPresets;
  const model = like.data?.run ?? null;
  const fields = choices.data.recipeFields;
  const begin = model?.config ?? presets[0];
  if (!begin) throw new Error("expected at least one training preset, the API sent none");
  const [only] = series.length === 1 ? series : [];
  const priceSeriesId = seriesId ?? model?.priceSeries.id ?? only?.id ?? "";
  const circumstances = { priceSeriesId, name: "", engine: model?.requestedEngine ?? "AUTO" } as const;
  const initial = formValues(circumstances, fields, begin.values);
  return (
    <>
      <TabTitle>{t("New run")}</TabTitle>
      <PageHeader
        title={t("New run")}
        facts={model && t("Begins with the configuration of {name}", { name: model.name })}
      />
      {likeRunId !== null && !model && (
        <Notice tone="caution" title={t("There is no such run to begin from")}>
          <p>
            {t("It was deleted perhaps, or the address is mistyped. The form begins as it usually does.")}
          </p>
        </Notice>
      )}
      <StartForm
        initial={initial}
        fields={fields}
        series={series}
        presets={presets}
        like={model}
        seriesId={seriesId}
      />
    </>
  );
}
