/** The named configurations to start from. */
import type { SaidTemplate } from "../../said.ts";

export const presets: readonly SaidTemplate[] = [
  ["Careful", "稳健"],
  [
    "The next close as a log return, from log returns and log variances of a month. A small network that starts at the drift forecast, and stops when validation no longer gains.",
    "用一个月的对数收益率和对数方差，预测下一收盘价的对数收益率。网络很小，从漂移预测起步，验证不再改善就停止。",
  ],
  [
    "Closing prices are hardly predictable: from 1.5 % worse to 1.5 % better than the last price is usual. Anything far better deserves suspicion.",
    "收盘价几乎无法预测：与最新价相比，差 1.5 % 到好 1.5 % 都属正常。好得多的结果值得怀疑。",
  ],
  [
    "How much the price will move within the next bar, whichever way: learned as the change of the log variance from its last value, from a month of log variances and returns.",
    "预测下一根 K 线内价格波动多大，不论方向：用一个月的对数方差和收益率，学习对数方差相对其最新值的变化。",
  ],
  [
    "Volatility is predictable: 10 to 25 % better than its last value is usual on daily bars, about as good as HAR or a few percent better.",
    "波动率可以预测：在日线上通常比其最新值好 10 至 25 %，与 HAR 相当或好百分之几。",
  ],
  ["Quick look", "快速一览"],
  [
    "As Careful, from one seed and for 15 epochs: a second or two, to see whether all is well.",
    "同“稳健”，但只用一个种子、训练 15 轮：一两秒钟，看看一切是否正常。",
  ],
  ["As Careful, a little less: about as good as the last price.", "同“稳健”，略逊一些：与最新价差不多。"],
  ["Original recipe", "原始配置"],
  [
    "Opening price, the scaler refit on the test, the test as validation: as first published, with its two leaks, to compare with. Its warnings say what they do to the scores.",
    "预测开盘价，在测试段上重新拟合缩放，并用测试段验证：与最初发表时一样，带着两处泄漏，供对比之用。警告会说明它们对得分的影响。",
  ],
  [
    "A picture in which prediction covers price, and a forecast that is worse than the last price all the same.",
    "图上预测与价格几乎重合，预测却仍然不如最新价。",
  ],
  ["Standard", "标准"],
  [
    "Closing price from its last 60 values, two GRU layers, 50 epochs. A tenth is held out to choose the epoch, the last 300 bars to score it once.",
    "用最近 60 个值预测收盘价，两层 GRU，训练 50 轮。留出十分之一用来选轮次，最后 300 根 K 线只评分一次。",
  ],
  [
    "Where the series grew, the test's prices lie beyond what the network saw, and it falls far behind the last price: 90 % worse on the S&P 500 of 2019 and 2020.",
    "序列上涨时，测试段的价格超出网络见过的范围，结果远不如最新价：在 2019 至 2020 年的标普 500 上差 90 %。",
  ],
  ["Returns", "收益率"],
  [
    "As the standard, but learns the logarithm of the change instead of the price: no level to extrapolate, and an honest look at how little of the next step is predictable.",
    "同“标准”，但学习的是变动的对数而非价格：无需外推价位，如实展现下一步有多难预测。",
  ],
  ["About as good as the last price: 1 % better to 3 % worse.", "与最新价差不多：从好 1 % 到差 3 %。"],
];
