/** What its user should know of a training before it begins. */
import type { SaidTemplate } from "../../said.ts";

export const warnings: readonly SaidTemplate[] = [
  [
    "Values are scaled anew for each part of the series, the test included. This leaks: it shows the model the test's lowest and highest value, which nobody knows beforehand, so the test scores look better than the model is.",
    "序列的每一段（包括测试段）都重新缩放。这会泄漏：模型由此得知测试段的最低值和最高值，而这些事先无人知道，因此测试得分看起来比模型的实际水平好。",
  ],
  [
    "The test also decides which epoch is kept. This is choosing on the test: its scores are not those of bars that the model has never seen.",
    "保留哪一轮也由测试段决定。这等于在测试段上挑选：它的得分不是在模型从未见过的 K 线上取得的。",
  ],
  [
    "Nothing is held out for a test: no score tells how the model does on bars that it has never seen.",
    "没有留出测试段：没有得分能说明模型在从未见过的 K 线上表现如何。",
  ],
  [
    "Nothing is held out for validation: the training's own loss decides when to stop and which epoch is used, even where the network only learns its bars by heart.",
    "没有留出验证段：何时停止、采用哪一轮都由训练损失决定，即使网络只是在死记 K 线。",
  ],
  [
    "Nothing is held out for validation: the weights of the last epoch are used, even where an earlier one was better.",
    "没有留出验证段：采用最后一轮的权重，即使更早的某一轮更好。",
  ],
  [
    "Huber's loss differs from the squared error only where an error is above 1, and scaled to 0 to 1 hardly any is: scale to mean 0 and deviation 1 instead.",
    "只有误差大于 1 时，Huber 损失才与平方误差不同；缩放到 0 至 1 后几乎没有这样的误差。请改为缩放到均值 0、标准差 1。",
  ],
  [
    "The learning rate is halved after {#patience} epochs without a lower loss, but the training stops after {#stop} of them: it never is. Give early stopping more patience.",
    "损失连续 {patience} 轮不降时学习率才减半，而训练在 {stop} 轮后就会停止：减半永远不会发生。请放宽提前停止的轮数。",
  ],
  [
    "The network does not see the {field}, which it predicts, while the naive forecast that it is compared with does.",
    "网络看不到它要预测的{field}，而与之对比的朴素预测却看得到。",
  ],
  [
    "The batch of {#batch} is larger than the {#windows} training windows: each epoch is a single update.",
    "批大小 {batch} 超过了 {windows} 个训练窗口：每轮只更新一次。",
  ],
  [
    "There is nothing to learn: the {field} is {#value} in every bar that the network trains on. Predict something else, or check the series.",
    "没有可学的内容：在网络训练所用的每根 K 线中，{field}都是 {value}。请换一个预测目标，或检查该序列。",
  ],
  [
    "The {field} is {#value} in every bar that the network trains on, so it tells nothing: leave it out of what the network sees.",
    "在网络训练所用的每根 K 线中，{field}都是 {value}，不含任何信息：请不要让网络看它。",
  ],
  [
    "In {#unseen} of the {#bars} bars of the test the {field} lies outside of what the training saw ({#lowest} to {#highest}). A network that learns prices falls behind there: let it learn the change or the log return instead.",
    "测试段的 {bars} 根 K 线中，有 {unseen} 根的{field}超出训练时见过的范围（{lowest} 至 {highest}）。学习价格的网络在那里会跟不上：请改为学习变动或对数收益率。",
  ],
  [
    "{=symbol} ends on {.day}: in the last {#bars} bars of the run the network sees its last value, unchanged.",
    "{symbol} 到 {day} 为止：在本次运行的最后 {bars} 根 K 线中，网络看到的是它不变的末值。",
  ],
  [
    "The {field} of {=symbol} is {#value} in every bar, so it tells nothing: leave it out of what the network sees.",
    "{symbol} 的{field}在每根 K 线中都是 {value}，不含任何信息：请不要让网络看它。",
  ],
  [
    "The series has had no new bar since {.day}: until some are imported, each training would be on the same bars as the one before.",
    "该序列自 {day} 起没有新的 K 线：在导入新数据之前，每次训练用的都是同样的 K 线。",
  ],
  [
    "Its runs refuse to forecast after {#expiry} bars and the next is trained after {#every}: in between nothing forecasts.",
    "它的运行在 {expiry} 根 K 线之后不再预测，而下一次训练要等 {every} 根：其间没有预测。",
  ],
];
