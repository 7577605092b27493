/** What is said of results: verdicts, the leak test, how a network does since, warnings, and what needs attention. */
import type { SaidTemplate } from "../../said.ts";

export const results: readonly SaidTemplate[] = [
  // Verdicts.
  ["Beats {~name} by {~share} ({~p})", "比{name}好 {share}（{p}）"],
  ["Worse than {~name} by {~share} ({~p})", "比{name}差 {share}（{p}）"],
  ["Ties with {~name} ({~share}, {~p})", "与{name}打平（{share}，{p}）"],
  ["Cannot be tested against {~name} ({~share})", "无法与{name}做检验（{share}）"],
  [
    "Beats {~name} by {~share} ({~p}) and {~other} by {~more} ({~q})",
    "比{name}好 {share}（{p}），比{other}好 {more}（{q}）",
  ],
  [
    "Worse than {~name} by {~share} ({~p}) and than {~other} by {~more} ({~q})",
    "比{name}差 {share}（{p}），比{other}差 {more}（{q}）",
  ],
  [
    "Ties with {~name} ({~share}, {~p}) and with {~other} ({~more}, {~q})",
    "与{name}（{share}，{p}）和{other}（{more}，{q}）都打平",
  ],
  [
    "Cannot be tested against {~name} ({~share}) and against {~other} ({~more})",
    "无法与{name}（{share}）和{other}（{more}）做检验",
  ],
  ["{first} but {second}", "{first}，但{second}"],
  ["beats {~name} by {~share} ({~p})", "比{name}好 {share}（{p}）"],
  ["is worse than {~name} by {~share} ({~p})", "比{name}差 {share}（{p}）"],
  ["ties with {~name} ({~share}, {~p})", "与{name}打平（{share}，{p}）"],
  ["cannot be tested against {~name} ({~share})", "无法与{name}做检验（{share}）"],
  ["{#n} %", "{n} %"],
  ["-{#n} %", "−{n} %"],
  ["less than {#n} %", "不到 {n} %"],
  ["p {#p}", "p {p}"],
  ["p below {#p}", "p 小于 {p}"],
  ["the last price", "最新价"],
  ["the last value", "最新值"],
  ["the last volume", "最新成交量"],
  ["the drift", "漂移预测"],
  ["the mean", "均值预测"],
  ["the same weekday", "上一个同星期日的值"],
  ["AR", "AR"],
  ["EWMA", "EWMA"],
  ["HAR", "HAR"],
  ["HAR with leverage", "含杠杆效应的 HAR"],
  // The leak test.
  [
    "The test chose which epoch is kept, so its scores are not those of bars that were never seen.",
    "保留哪一轮是由测试段决定的，因此它的得分不是在从未见过的 K 线上取得的。",
  ],
  [
    "{what} of the {split} changed when bars after {.day} did.",
    "{day} 之后的 K 线一改动，{split}的{what}也随之改变。",
  ],
  ["The scaler", "缩放参数"],
  ["An input", "某个输入"],
  ["A baseline", "某个基准预测"],
  ["A prediction", "某个预测"],
  ["train", "训练段"],
  ["validation", "验证段"],
  ["test", "测试段"],
  ["There was nothing to test: no bars were held out.", "没有可检验的内容：没有留出 K 线。"],
  [
    "Bars after {#cuts} cut points were disturbed at random: all inputs, scalers, baselines and predictions up to them stayed the same to the last bit. A history that begins later gives the same inputs.",
    "随机扰动了 {cuts} 个切点之后的 K 线：切点之前的所有输入、缩放参数、基准和预测逐位不变。从更晚开始的历史给出同样的输入。",
  ],
  [
    "A history of {#bars} bars gives other inputs than the whole one.",
    "只用 {bars} 根 K 线的历史，得到的输入与用全部历史不同。",
  ],
  // How it does on bars that came since.
  [
    "On {#n} forecasts since, the error is {#rise} times the test's ({~p}). The naive forecast's is {#naive} times its test's as well: the bars have become harder, for any forecast.",
    "此后的 {n} 次预测中，误差是测试段的 {rise} 倍（{p}）。朴素预测的误差也是其测试段的 {naive} 倍：行情变得更难预测了，对任何预测都如此。",
  ],
  [
    "On {#n} forecasts since, the error is {#rise} times the test's ({~p}), the naive forecast's {#naive} times its test's: the model has drifted. Train it again on the newer bars.",
    "此后的 {n} 次预测中，误差是测试段的 {rise} 倍（{p}），朴素预测的误差是其测试段的 {naive} 倍：模型已经漂移。请用较新的 K 线重新训练。",
  ],
  // Warnings once it is trained.
  [
    "{#floored} of {#bars} bars have no range: open, high, low and close are one price. {how}, so what was learned of them is made up. A source with real highs and lows would do better.",
    "{bars} 根 K 线中有 {floored} 根没有波幅：开盘、最高、最低、收盘都是同一价格。{how}，因此从中学到的东西并不真实。换一个带有真实最高价和最低价的数据源会更好。",
  ],
  ["Their volatility was taken as the least there is", "它们的波动率按现有最小值处理"],
  ["Their range was taken as 0", "它们的波幅按 0 处理"],
  [
    "The model predicts nearly the same {word} for every bar, whatever came before: it has not learned to follow the {again}. More epochs, a larger learning rate, or learning the change instead may help.",
    "无论之前走势如何，模型对每根 K 线预测的{word}几乎都一样：它没有学会跟随{again}。增加轮数、加大学习率，或改为学习变动，可能有帮助。",
  ],
  [
    "The model predicts nearly the same change for every bar, whatever came before: it found nothing in the past that tells the next change.",
    "无论之前走势如何，模型对每根 K 线预测的变动几乎都一样：它没有从过去找到能预示下一步变动的信息。",
  ],
  [
    "The model predicts nearly the same change for every bar, whatever came before: it found nothing in the past that tells the next change. On daily prices that is the usual outcome.",
    "无论之前走势如何，模型对每根 K 线预测的变动几乎都一样：它没有从过去找到能预示下一步变动的信息。对日线价格来说，这是常见的结果。",
  ],
  [
    "The {loss} rose from {#from} in epoch {#first} to {#to} in epoch {#last}, {#times} times as much: the training became unstable. Try a smaller learning rate, or clip the gradient.",
    "{loss}从第 {first} 轮的 {from} 升到第 {last} 轮的 {to}，达 {times} 倍：训练变得不稳定。请减小学习率，或裁剪梯度。",
  ],
  ["training loss", "训练损失"],
  ["validation loss", "验证损失"],
  [
    "The first of {#epochs} epochs was the best: all training after it made the predictions of bars that the network does not train on worse. Try a smaller learning rate or smaller layers.",
    "{epochs} 轮中第 1 轮最佳：之后的训练都让未参与训练的 K 线预测得更差。请减小学习率或层的规模。",
  ],
  // Why runs cannot be told apart.
  ["They are trained on different series.", "它们训练所用的序列不同。"],
  ["They predict different values of a bar.", "它们预测的目标不同。"],
  // What needs attention.
  [
    "The loss became no number. A smaller learning rate, or clipping the gradient, may help.",
    "损失不再是数字。减小学习率或裁剪梯度可能有帮助。",
  ],
  [
    "The validation loss is {#times} times its best: the training became unstable. A smaller learning rate, or clipping the gradient, may help.",
    "验证损失是其最佳值的 {times} 倍：训练变得不稳定。减小学习率或裁剪梯度可能有帮助。",
  ],
  ["Its forecast hardly depends on what came before.", "它的预测几乎不随之前的走势变化。"],
  [
    "On the test it errs more than the naive forecast, the last known price.",
    "在测试段上，它的误差比朴素预测（最新价）更大。",
  ],
  [
    "Half of its epochs are through, and the best validation loss is still {#n} % above the naive forecast's.",
    "轮数已过半，最佳验证损失仍比朴素预测高 {n} %。",
  ],
  [
    "Half of its epochs are through, and the best validation loss is still {#n} times the naive forecast's.",
    "轮数已过半，最佳验证损失仍是朴素预测的 {n} 倍。",
  ],
  [
    "The first of {#epochs} epochs was the best. A smaller learning rate or smaller layers may help.",
    "{epochs} 轮中第 1 轮最佳。减小学习率或层的规模可能有帮助。",
  ],
  [
    "The validation loss has not been below that of epoch {#best} for {#epochs} epochs: it may only learn its training bars by heart now.",
    "验证损失已有 {epochs} 轮未低于第 {best} 轮：现在可能只是在死记训练段的 K 线。",
  ],
];
