/** All sentences and labels of the API in Chinese, by their English. */
import type { SaidTemplate } from "../../said.ts";

export const apiSentences: readonly SaidTemplate[] = [];
