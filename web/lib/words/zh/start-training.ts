import type { Catalogue } from "../catalogue.ts";

export const startTraining: Catalogue = {
  // The page.
  "Loading the form": "正在加载表单",
  "There is nothing to train on yet": "还没有可训练的数据",
  "Import a series": "导入序列",
  "A run needs a price series.": "运行需要一个价格序列。",
  "Begins with the configuration of {name}": "沿用 {name} 的配置",
  "Your draft of {time} is back.": "已恢复 {time} 的草稿。",
  "Start over": "重新开始",
  "Begin with": "起始配置",
  "What to expect": "预期效果",
  "the data": "数据",
  Model: "模型",
  "the network": "网络",
  "the training": "训练",
  "More about {about}": "更多{about}选项",
  "The fastest here": "本机最快的",
  "Name of the run": "运行名称",
  "Named by itself": "自动命名",
  "{n} bars, {first} to {last}": "{n} 根 K 线，{first} 至 {last}",
  Remove: "移除",
  " layer {number}": "第 {number} 层",
  "Add a layer": "添加一层",

  // How many runs.
  "How many runs": "运行数量",
  "Several values in a field, such as 16, 32 or 1-5, make a run of each combination":
    "在一个字段中填多个值，如 16, 32 或 1-5，每种组合各成一个运行",
  "One run": "单个运行",
  "Several seeds": "多个种子",
  "Walk forward": "滚动前推",
  "One training, one score: how much of it is luck, it does not tell.":
    "训练一次，得到一个评分：其中有多少运气成分，无从得知。",
  "The same recipe again and again, each time from another seed: how much of the score is luck, and what the mean of all is worth.":
    "同一配置用不同种子反复训练：看评分中有多少运气成分，以及全部取平均的效果。",
  "Trained on the past, tested on the next bars, trained again a little later: whether it holds at other times. The test bars are shared by all folds.":
    "用过去的数据训练，在随后的 K 线上测试，再往后移一段重新训练：看在其他时段是否同样有效。测试 K 线由各折平分。",
  "From the seed above on": "从上面的种子起依次递增",
  "How often it is trained anew": "重新训练的次数",
  "A walk forward trains one recipe: type one value, or start one run of each":
    "滚动前推只训练一种配置：请只填一个值，或改为每种各一个运行",
  "At most {most} runs together, not {runs}": "合计最多 {most} 个运行，现为 {runs} 个",
  "Start the runs": "开始运行",
  "Start {n} runs": "开始 {n} 个运行",
  "{count} of {label}": "{label} {count} 个",
  "{count} seeds": "{count} 个种子",
  Seed: "随机种子",

  // What is wrong with a field.
  "Choose the series to train on": "请选择用于训练的序列",
  "Choose at least one": "请至少选择一项",
  "At most {maximum}": "最多 {maximum} 项",
  "{fewest} to {most} layers": "{fewest} 至 {most} 层",
  "Each value once, not {value} twice": "每个值只能出现一次，{value} 重复了",
  "A whole number, {range}": "请填整数，范围：{range}",
  "A number, {range}": "请填数字，范围：{range}",
  "{range}, not {value}": "允许范围：{range}，现为 {value}",
  "above {low}": "大于 {low}",
  "{low} or more": "不小于 {low}",
  "below {high}": "小于 {high}",
  "at most {high}": "不大于 {high}",
  "Is {number} meant? Write the decimal point as a point, and several values with a space after each comma":
    "是指 {number} 吗？小数点请写成“.”，多个值之间用逗号加空格分隔",
  "Is {number} meant? Write thousands as 1,000, 1 000 or 1000":
    "是指 {number} 吗？千位请写成 1,000、1 000 或 1000",

  // What it comes to.
  "About {time} with all epochs": "全部轮数约需 {time}",
  "About {time} each, {total} one after the other": "每个约需 {time}，依次进行共 {total}",
  "Starts at once": "立即开始",
  "Starts after {n} runs": "排在 {n} 个运行之后",
  "Starts in about {time}, after {n} runs": "约 {time}后开始，排在 {n} 个运行之后",
  "Reckoned for {engine}": "按 {engine} 引擎估算",
  "The time it takes is said as soon as the form is right and a worker is there.":
    "表单填写正确且有工作进程可用时，会显示预计用时。",
  "There is no such run to begin from": "找不到要沿用的运行",
  "It was deleted perhaps, or the address is mistyped. The form begins as it usually does.":
    "它可能已被删除，或者地址有误。表单按平常的样子打开。",
  "As {name}": "与“{name}”相同",
  "{n} changes to {name}: {fields}": "相对“{name}”改动 {n} 处：{fields}",
  "the form": "表单",
  Reset: "重置",
  "The run was not started": "运行未能开始",
  "Starting…": "正在开始…",
  "As a command": "以命令行表示",
  "the command": "命令",
};
