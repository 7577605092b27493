import type { Catalogue } from "../catalogue.ts";

export const experiment: Catalogue = {
  // The page, and how far it is.
  Experiment: "实验",
  "Loading the experiment": "正在加载实验",
  "The address may be mistyped, or its runs were deleted.": "地址可能有误，或其中的运行已删除。",
  "Its runs": "包含的运行",
  "{n} of {total} seeds have ended": "{total} 个种子中已有 {n} 个结束",
  "{n} of {total} folds have ended": "{total} 折中已有 {n} 折结束",
  "{n} of {total} variants have ended": "{total} 个变体中已有 {n} 个结束",
  "{count} seeds of one recipe": "同一配置的 {count} 个种子",
  "{count} folds of a walk forward": "滚动前推的 {count} 折",
  "{count} variants of one recipe": "同一配置的 {count} 个变体",
  "Tested {first} to {last}": "测试于 {first} 至 {last}",
  "Cancelling…": "正在取消…",
  "Cancel experiment": "取消实验",
  "Cancel this experiment?": "取消这个实验？",
  "Cancel the experiment": "取消实验",
  "{n} runs will be stopped. What has ended stays, with its scores; the others cannot be taken up again.":
    "将停止 {n} 个运行。已结束的会连同评分保留，其余的无法再继续。",

  // What its runs say together.
  "A network is {compared} than the {naive} on average": "单个网络平均比{naive}{compared}",
  "{average} The mean of all {count} networks is {compared}.":
    "{average}全部 {count} 个网络的均值{compared}。",
  "the recipe": "该配置",
  "{name}, the best of {count} variants, is {compared} than the {naive}":
    "{count} 个变体中最好的是“{name}”，比{naive}{compared}",
  "{name} is {compared} than the {naive}": "{name}：比{naive}{compared}",
  "{judged} The best of many looks better than it is: confirm it with other seeds or a walk forward.":
    "{judged}多中选优会高估成绩：请用其他种子或滚动前推再确认。",
  "{sentence} (± {share} from fold to fold).": "{sentence}（各折之间 ± {share}）。",
  "{sentence} (± {share} from seed to seed).": "{sentence}（各种子之间 ± {share}）。",
  "{share} better": "好 {share}",
  "{share} worse": "差 {share}",
  "A single network": "单个网络",
  "On the tests of all runs: the mean ± the deviation from fold to fold":
    "所有运行在测试段上的结果：均值 ± 各折之间的标准差",
  "On the tests of all runs: the mean ± the deviation from seed to seed":
    "所有运行在测试段上的结果：均值 ± 各种子之间的标准差",
  "No scores yet": "还没有评分",
  "They come as soon as the first run is done.": "第一个运行完成后即可看到。",
  Folds: "折数",
  Seeds: "种子数",

  // Its losses.
  Highest: "最高",
  Mean: "平均",
  Lowest: "最低",
  "Epoch {epoch}, {n} runs": "第 {epoch} 轮，{n} 个运行",
  "Epoch {epoch}, {n} runs: lowest {low}, mean {mean}, highest {high}.":
    "第 {epoch} 轮，{n} 个运行：最低 {low}，平均 {mean}，最高 {high}。",
  "Lowest loss": "最低损失",
  "Mean loss": "平均损失",
  "Highest loss": "最高损失",
  "Lowest to highest": "最低至最高",
  "Each run": "各次运行",
  "Run {number}": "运行 {number}",
  "On validation, in scaled units, of {n} runs": "{n} 个运行的验证损失（缩放后的单位）",
  "Losses by epoch": "各轮损失",
  "Validation loss of {n} runs, lowest, mean and highest by epoch":
    "{n} 个运行的验证损失，各轮的最低、平均和最高",
};
