/** The list of price series, and the page of one. */
import type { Catalogue } from "../catalogue.ts";

export const oneSeries: Catalogue = {
  // The list.
  "Price series": "价格序列",
  "{n} series": "{n} 个序列",
  "Search series": "搜索序列",
  "Search symbol or name": "搜索代码或名称",
  "{what} Yahoo, Stooq, Tushare, AkShare, Investing.com, or any other table of prices. Each is checked before anything is stored.":
    "{what}支持 Yahoo、Stooq、Tushare、AkShare、Investing.com 或其他价格表，入库前均会检查。",
  "Drop CSV files here to import them.": "将 CSV 文件拖到此处导入。",
  "Loading series": "正在加载序列",
  "No series fits": "没有匹配的序列",
  "Show all series": "显示全部序列",
  "No symbol and no name has these words in it.": "没有代码或名称包含这些文字。",
  "No series yet": "还没有序列",
  "Drop a CSV file with prices above; it is checked before anything is stored.":
    "将价格的 CSV 文件拖到上方，入库前会先检查。",
  Course: "走势",
  "price|Last": "最新价",
  Bars: "K 线",
  "Best skill": "最佳优势",
  "The best of its runs on the test: the share of the naive forecast's error that the model removes":
    "其运行在测试段的最佳结果：模型相对朴素预测减少的误差比例",
  Actions: "操作",
  "do|Train": "训练",
  "{n} gaps": "{n} 处缺口",
  "{n} jumps": "{n} 处跳变",

  // One series, and its facts.
  "Loading the series": "正在加载序列",
  "{n} bars": "{n} 根 K 线",
  "Train on this": "用它训练",
  Facts: "基本信息",
  Symbol: "代码",
  Name: "名称",
  Currency: "币种",
  Content: "内容",
  "bar|First": "首根",
  "bar|Last": "末根",
  Rename: "重命名",
  "Rename this series": "重命名序列",
  "What it is found by; files named so add to it": "用于查找；同名文件会并入此序列",
  Optional: "可选",
  "Optional, such as USD": "可选，例如 USD",
  "Keep it as it is": "保持不变",
  "Delete series": "删除序列",
  "Delete the series": "删除序列",
  "Delete this series?": "删除此序列？",
  "{name} goes with all its versions. This cannot be undone.": "{name} 及其全部版本将被删除，无法撤销。",
  "Delete this series with its runs?": "删除此序列及其运行？",
  "Delete the series and its runs": "删除序列及其运行",
  "{name} goes with all its versions, and its runs with their losses, logs, scores, predictions and trained weights. This cannot be undone.":
    "{name} 及其全部版本将被删除，其运行的损失、日志、评分、预测和训练权重也一并删除，无法撤销。",

  // Its prices.
  Price: "价格",
  "Turn the wheel or pinch to look closer, drag to move along": "滚轮或双指缩放，拖动平移",
  "Loading prices": "正在加载价格",
  "Prices of {symbol}": "{symbol} 的价格",
  "All {n} bars in view": "可见区间共 {n} 根 K 线",
  "{n} bars stand for those in view, extremes kept": "可见区间抽样为 {n} 根 K 线，保留极值",
  "{shown}; {change} over this time": "{shown}；区间涨跌 {change}",
  "Lay runs’ predictions of the test over it": "叠加运行在测试段的预测",
  "Up to {n} runs": "最多 {n} 个运行",
  "{name}, {skill} beside naive": "{name}，相对朴素预测 {skill}",

  // What was found in its bars.
  "Gaps and jumps": "缺口与跳变",
  "Pauses longer than weekends and yearly holidays, and closes more than 30% above or below the one before":
    "长于周末和例行假期的停顿，以及较前一根涨跌超过 30% 的收盘价",
  "Looking through the bars": "正在检查 K 线",
  "No gaps.": "没有缺口。",
  "No jumps.": "没有跳变。",
  "{time} without a bar, {from} to {to}": "{time}无 K 线，{from} 至 {to}",
  "and {n} shorter ones": "另有 {n} 处较短的缺口",
  "and {n} smaller ones": "另有 {n} 处较小的跳变",
  "{n} days": "{n} 天",
  "{n} hours": "{n} 小时",
  "{n} minutes": "{n} 分钟",
  "{n} seconds": "{n} 秒",

  // Its runs.
  "Runs on this series": "此序列上的运行",
  "The newest {shown} of {total}": "共 {total} 个，显示最新 {shown} 个",
  Order: "排序",
  "Best first": "最佳优先",
  "Newest first": "最新优先",
  "None yet": "暂无",
  "Train on it, and its runs are listed here.": "用它训练后，运行会列在这里。",
  "On the bars as they are now": "使用当前的 K 线",
  "On version {number}; the series changed since": "使用版本 {number}；此后序列有变更",

  // Its versions.
  Versions: "版本",
  "Each import that changed something, with the bars as they were then":
    "每次带来变更的导入，以及当时的 K 线",
  "Loading the versions": "正在加载版本",
  "version|Stored": "入库时间",
  "What changed": "变更内容",
  "As it is now": "当前版本",
  "Go back to this": "恢复到此版本",
  "Go back to this: {version}": "恢复到此版本：{version}",
  "Undo: {time}": "撤销：{time}",
  "Keep the series as it is": "保持序列不变",
  "Back to the bars of {time}": "恢复为 {time} 的 K 线",
  "{n} added": "新增 {n} 行",
  "{n} changed": "修改 {n} 行",
  "No row": "无变更",
  "{n} rows: {parts}": "{n} 行：{parts}",
  "{time}, {n} bars": "{time}，{n} 根 K 线",
  "Undo this import?": "撤销此次导入？",
  "Undo it": "撤销",
  "Go back to this version?": "恢复到此版本？",
  "Go back to it": "恢复",
  "The series has the bars again that it had before {time}: {n} bars, each as it was. {rest}":
    "序列恢复为 {time} 之前的 K 线：共 {n} 根，与当时一致。{rest}",
  "The series has the bars of {version} again, as its newest version. {rest}":
    "序列恢复为 {version} 的内容，并成为最新版本。{rest}",
  "Runs keep the bars that they were trained on, and the bars of today stay in the list.":
    "已有运行仍保留各自训练时的 K 线，当前的 K 线也保留在列表中。",
};
