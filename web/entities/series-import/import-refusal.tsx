/** Why a file cannot be read as it is, and, where a click can answer, what to answer. */
"use client";
import { Button } from "../../components/button.tsx";
import input from "../../components/input.module.css";
import { Notice } from "../../components/notice.tsx";
import type { ApiError } from "../../lib/api-error.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./import.module.css";
import type { Answer, Question } from "./import-question.ts";

interface Props {
  readonly error: ApiError;
  readonly question: Question | null;
  readonly onAnswer: (answer: Answer) => void;
  readonly onRetry: () => void;
}

function titleOf({ code }: ApiError): string {
  if (code === "BAD_USER_INPUT") return t("The file cannot be read like this");
  return code === "LIMIT_EXCEEDED" ? t("This is too much at once") : t("The file was not checked");
}

/** Such a message stands beside its input. */
const isBesideItsField = ({ field }: ApiError): boolean =>
  field !== null && /^(symbol|name|currency|timezone|dateFormat|headerLine|columns\.\w+)$/.test(field);

/** More than these are a list to pick from. */
const mostButtons = 8;

export function ImportRefusal({ error, question, onAnswer, onRetry }: Props) {
  if (question)
    return (
      <Notice tone="caution" title={question.words}>
        <div className={styles.answers}>
          {question.answers.length <= mostButtons ? (
            question.answers.map((answer) => (
              <Button key={answer.name} onClick={() => onAnswer(answer)}>
                {answer.name}
              </Button>
            ))
          ) : (
            <AnswerList answers={question.answers} onAnswer={onAnswer} />
          )}
        </div>
        {question.detail && <p className={styles.because}>{question.detail}</p>}
      </Notice>
    );
  if (isBesideItsField(error)) return null;
  return (
    <Notice tone="bad" title={titleOf(error)}>
      <p className={styles.because}>{error.message}</p>
      {error.code !== "BAD_USER_INPUT" && error.code !== "LIMIT_EXCEEDED" && (
        <div className={styles.answers}>
          <Button onClick={onRetry}>{t("Try again")}</Button>
        </div>
      )}
    </Notice>
  );
}

function AnswerList({
  answers,
  onAnswer,
}: {
  answers: readonly Answer[];
  onAnswer: (answer: Answer) => void;
}) {
  return (
    <select
      className={`${input.input} ${styles.answerList}`}
      aria-label={t("Choose one")}
      value=""
      onChange={(event) => onAnswer(answers[Number(event.target.value)]!)}
    >
      <option value="" disabled>
        {t("Choose one of {count}", { count: answers.length })}
      </option>
      {answers.map(({ name }, at) => (
        <option key={name} value={at}>
          {name}
        </option>
      ))}
    </select>
  );
}
