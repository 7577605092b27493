/** Why a request cannot be met: single values, a new run, what is stored, limits, and what is away. */
import type { SaidTemplate } from "../../said.ts";

export const refusals: readonly SaidTemplate[] = [
  // Single values.
  ["{~field} must be a whole number, {range}, got {=got}", "{field}必须是整数（{range}），实际为 {got}"],
  ["{~field} must be {#least}..{#most}, got {=got}", "{field}必须为 {least} 到 {most}，实际为 {got}"],
  ["{~field} must be {#least} or more, got {=got}", "{field}不得小于 {least}，实际为 {got}"],
  ["{#least}..{#most}", "{least} 到 {most}"],
  ["{#least} or more", "不小于 {least}"],
  ["{~field} must be a number {range}, got {=got}", "{field}必须是{range}的数字，实际为 {got}"],
  ["above {#least}", "大于 {least} "],
  ["at least {#least}", "不小于 {least} "],
  ["above {#least} and at most {#most}", "大于 {least} 且不大于 {most} "],
  ["above {#least} and below {#most}", "大于 {least} 且小于 {most} "],
  ["at least {#least} and at most {#most}", "不小于 {least} 且不大于 {most} "],
  ["at least {#least} and below {#most}", "不小于 {least} 且小于 {most} "],
  ["{~field} must be one of {choices}, got {=got}", "{field}必须是以下之一：{choices}；实际为 {got}"],
  ["{~field} must be true or false, got {=got}", "{field}必须为是或否，实际为 {got}"],
  ["{~field} must have at most {#most} characters, got {#got}", "{field}最多 {most} 个字符，实际有 {got} 个"],
  [
    "{~field} must have {#least} to {#most} characters, got none",
    "{field}须有 {least} 到 {most} 个字符，现为空",
  ],
  [
    "{~field} must have {#least}..{#most} characters, got none",
    "{field}须有 {least} 到 {most} 个字符，现为空",
  ],
  [
    "{~field} must be one line of whole characters, without control characters or such as turn the direction of text, got {=code} at character {#at}",
    "{field}必须是一行完整的文字，不含控制字符或改变文字方向的字符，第 {at} 个字符是 {code}",
  ],
  ["{~field} must be text without the character U+0000", "{field}必须是不含字符 U+0000 的文本"],
  ["{~field} must be at most {#most} tags, got {#got}", "{field}最多 {most} 个，实际有 {got} 个"],
  ["{~field} must be at most {#most}, got {#got}", "{field}最多 {most} 个，实际有 {got} 个"],
  ["{~field} must be omitted: the experiment has a key of its own", "{field}必须省略：实验有自己的标识"],
  ["{~field} must be omitted: each training is another", "{field}必须省略：每次训练各不相同"],
  ["training.idempotencyKey", "表单的标识"],
  [
    "{~field} must be omitted with plan {plan}, got {=got}",
    "实验方式为“{plan}”时不能填写{field}，实际为 {got}",
  ],
  ["epochs must be {#least}..{#most}, got {=got}", "轮数必须为 {least} 到 {most}，实际为 {got}"],
  ["epochs must be a whole number, {range}, got {=got}", "轮数必须是整数（{range}），实际为 {got}"],
  // What GraphQL says of values of another kind.
  [
    'Variable "$input" got invalid value {=value} at "input.epochs"; Int cannot represent {=what}',
    "轮数：这里应填数字",
  ],
  [
    'Variable "$input" got invalid value {=value} at "input.{~path}"; Int cannot represent {=what}',
    "{path}：这里应填数字",
  ],
  [
    'Variable "$input" got invalid value {=value} at "input.{~path}"; Float cannot represent {=what}',
    "{path}：这里应填数字",
  ],
  ['Variable "{=name}" got invalid value {=value} at "{.place}"; {=what}', "这里的值类型不对"],
  ['Variable "$input" got invalid value {=value} at "input.{~path}"; {=what}', "{path}：这里的值类型不对"],
  ['Variable "$input" got invalid value {=value} at "input."; {=what}', "这里的值类型不对"],
  ['Variable "{=name}" got invalid value {=value}; {=what}', "这里的值类型不对"],
  // A new run.
  ["preset must be one of {=known}, got {=got}", "起点必须是以下之一：{known}；实际为 {got}"],
  ["{~field} must name at least one field, got none", "网络至少要看到一个字段"],
  ["{~field} must not repeat, got {what} twice", "{field}不能重复，{what} 出现了两次"],
  ["{~field} must not repeat, got {~column} of {.id} twice", "{field}不能重复，{id} 的{column}出现了两次"],
  [
    "{~field} must be {#least}..{#most} layers, got {#got}",
    "{field}必须为 {least} 到 {most} 层，实际为 {got} 层",
  ],
  [
    "layers must be {#least}..{#most} layers, got {#got}",
    "GRU 层必须为 {least} 到 {most} 层，实际为 {got} 层",
  ],
  ["{~field} must be at most {#most} indicators, got {#got}", "{field}最多 {most} 个，实际有 {got} 个"],
  ["{~field} must be at most {#most} columns, got {#got}", "{field}最多 {most} 列，实际有 {got} 列"],
  ["{~field} must be omitted: {kind} has none, got {=got}", "{field}必须省略：{kind}没有周期，实际为 {got}"],
  [
    "weightDecay times learningRate must be at most 1, got {#decay} times {#rate}",
    "权重衰减与学习率之积不得大于 1，实际为 {decay} 乘 {rate}",
  ],
  [
    "features, indicators and otherSeries must be at most {#most} together, got {#features}, {#indicators} and {#others}",
    "字段、指标和其他序列合计最多 {most} 个，实际为 {features}、{indicators} 和 {others} 个",
  ],
  [
    "validateOnTest needs test bars to validate on, got testBars 0: hold some out, or switch it off",
    "“用测试段验证”需要测试段 K 线，而现在没有：请留出一些，或将其关闭",
  ],
  [
    "validationBars must be 0 or omitted with validateOnTest, which validates on the test, got {=got}",
    "用测试段验证时，验证段 K 线必须为 0 或留空，实际为 {got}",
  ],
  [
    "skipFirstBars and skipLastBars must leave some of the series' {#bars} bars, got {#first} and {#last}",
    "开头和末尾舍去之后必须留下 K 线：序列共 {bars} 根，实际舍去 {first} 和 {last} 根",
  ],
  [
    "transform LOG_RETURN has no meaning for the target LOG_VARIANCE, which is a logarithm already: use DIFFERENCE or PRICE",
    "目标为波动率时不能学习对数收益率，因为它本身已是对数：请改用“变动”或“价格本身”",
  ],
  [
    "transform LOG_RETURN needs values above 0, but {field} is 0 or below in {#n} of {#bars} bars: use DIFFERENCE or PRICE",
    "学习对数收益率要求数值大于 0，但 {bars} 根 K 线中有 {n} 根的{field}不大于 0：请改用“变动”或“价格本身”",
  ],
  [
    "transform LOG_RETURN needs values above 0: use DIFFERENCE or PRICE",
    "学习对数收益率要求数值大于 0：请改用“变动”或“价格本身”",
  ],
  ["{~path} is {~asked}, but the series has no values of it", "{path}是{asked}，但该序列没有这项数值"],
  [
    "{~path} is {~asked}, which needs {~field}, but the series has no values of it",
    "{path}是{asked}，它需要{field}，但该序列没有这项数值",
  ],
  [
    "{~path} is {~asked}, which {#n} of the series' {#bars} bars lack: it must have a value in every bar",
    "{path}是{asked}，但序列的 {bars} 根 K 线中有 {n} 根缺少它：每根 K 线都必须有值",
  ],
  [
    "{~path} is {~asked}, which needs {~field}, and that {#n} of the series' {#bars} bars lack: it must have a value in every bar",
    "{path}是{asked}，它需要{field}，但序列的 {bars} 根 K 线中有 {n} 根缺少它：每根 K 线都必须有值",
  ],
  [
    "{~path} is {~asked}, which needs values above 0, but {~field} is 0 or below in {#n} of {#bars} bars",
    "{path}是{asked}，它要求数值大于 0，但 {bars} 根 K 线中有 {n} 根的{field}不大于 0",
  ],
  [
    "{~field} must be 0 or at least {#fewest} ({sum}), got {#got}",
    "{field}必须为 0，或至少 {fewest}（{sum}），实际为 {got}",
  ],
  [
    "the series is too short: window {#window}, horizon {#horizon}, validationBars {#validation} and testBars {#test} need {#needed} bars ({sum} + validation {#v} + test {#t}), it has {#has}",
    "序列太短：窗口 {window}、预测步数 {horizon}、验证段 {validation}、测试段 {test}，共需 {needed} 根 K 线（{sum} + 验证段 {v} + 测试段 {t}），而序列只有 {has} 根",
  ],
  ["horizon {#horizon}", "预测步数 {horizon}"],
  ["window {#window} + horizon {#horizon}", "窗口 {window} + 预测步数 {horizon}"],
  [
    "1 to change from + window {#window} + horizon {#horizon}",
    "计算变动所需的 1 + 窗口 {window} + 预测步数 {horizon}",
  ],
  [
    "{#bars} for the indicators + window {#window} + horizon {#horizon}",
    "指标所需的 {bars} + 窗口 {window} + 预测步数 {horizon}",
  ],
  // Other series.
  ["{~path} is {~field}, but {=symbol} has no values of it", "{path}是{field}，但 {symbol} 没有这项数值"],
  [
    "{~path} is {~field}, which needs {~stored}, but {=symbol} has no values of it",
    "{path}是{field}，它需要{stored}，但 {symbol} 没有这项数值",
  ],
  [
    "{~path} is {~field}, but {#n} of the {#bars} bars of {=symbol} have no value of it: it must have one in every bar",
    "{path}是{field}，但 {symbol} 的 {bars} 根 K 线中有 {n} 根没有这项数值：每根 K 线都必须有值",
  ],
  [
    "{~path} is {~field}, which needs {~stored}, but {#n} of the {#bars} bars of {=symbol} have no value of it: it must have one in every bar",
    "{path}是{field}，它需要{stored}，但 {symbol} 的 {bars} 根 K 线中有 {n} 根没有这项数值：每根 K 线都必须有值",
  ],
  [
    "{~path} is {~field}, which needs {~stored} above 0, but it is 0 or below in {#n} of the {#bars} bars of {=symbol}",
    "{path}是{field}，它要求{stored}大于 0，但 {symbol} 的 {bars} 根 K 线中有 {n} 根不大于 0",
  ],
  [
    "{=symbol} begins on {.day}, the run needs it from {.from}: set skipFirstBars to {#skip}, or import more of {=again}",
    "{symbol} 从 {day} 开始，而运行从 {from} 起就需要它：请把“开头舍去的 K 线”设为 {skip}，或导入 {again} 的更早数据",
  ],
  [
    "{=symbol} begins on {.day}, the run needs it from {.from}, and no bar of the run's series comes after that: import more of {=again}",
    "{symbol} 从 {day} 开始，而运行从 {from} 起就需要它，运行的序列此后又没有 K 线：请导入 {again} 的更早数据",
  ],
  [
    "{=symbol} ends on {.day}, before the last {#bars} bars of the run: of the {#held} that it is judged on none has news of it. Import newer bars of {=again}, or set skipLastBars to {#skip}",
    "{symbol} 到 {day} 为止，早于运行的最后 {bars} 根 K 线：用来评判的 {held} 根中，没有一根带有它的新数据。请导入 {again} 较新的 K 线，或把“末尾舍去的 K 线”设为 {skip}",
  ],
  [
    "{=symbol} ends on {.day}, before the last {#bars} bars of the run: too few are left. Import newer bars of {=again}, or set skipLastBars to {#skip}",
    "{symbol} 到 {day} 为止，早于运行的最后 {bars} 根 K 线：剩下的太少。请导入 {again} 较新的 K 线，或把“末尾舍去的 K 线”设为 {skip}",
  ],
  ["{~path} must be a series, there is no {=id}", "{path}必须是一个序列，{id} 不存在"],
  [
    "{~path} must be another series than the run's own, {=symbol}: its columns are features",
    "{path}不能是运行自身的序列 {symbol}：它的列已作为字段",
  ],
  ["{~path} is {=symbol}, which has no bars: import some", "{path}是 {symbol}，它没有 K 线：请先导入"],
  ["the series {=id} changed just now: ask again", "序列 {id} 刚刚有变动：请重试"],
  ["the price series {=id}, which the run sees, is there no more", "运行所用的价格序列 {id} 已不存在"],
  ["the version {=id} is there no more", "版本 {id} 已不存在"],
  // Experiments.
  [
    "sweep must vary {#least}..{#most} fields, got {#got}",
    "参数扫描须改变 {least} 到 {most} 个参数，实际为 {got} 个",
  ],
  ["sweep must name a field once, got {field} twice", "参数扫描中每个参数只能出现一次，{field}出现了两次"],
  [
    "sweep must make {#least}..{#most} combinations, got {#got}",
    "参数扫描须有 {least} 到 {most} 种组合，实际为 {got} 种",
  ],
  ["the values of {field} must not repeat, got {=value} twice", "{field}的取值不能重复，{value} 出现了两次"],
  ["{~path} must name at least one value, got none", "{path}至少要有一个，现为空"],
  [
    '{~path} must be JSON, such as 0.001 or "HUBER", got {=got}',
    '{path}必须是 JSON，例如 0.001 或 "HUBER"，实际为 {got}',
  ],
  [
    "testBars must be at least the {#folds} folds that share them, got {#got}: take more, or say refitEvery",
    "测试段 K 线至少要有 {folds} 根，供 {folds} 折分用，实际为 {got} 根：请增加，或指定每次重训的间隔",
  ],
  [
    "validateOnTest must be false in a walk forward: each test is seen once",
    "滚动前推时不能用测试段验证：每个测试段只能看一次",
  ],
  [
    "{#folds} folds of {#every} bars with {bars} bars to train on before the first of them need more than the series' {#all} bars",
    "{folds} 折、每折 {every} 根 K 线，且第一折之前要有 {bars} 根用于训练，超过了序列的 {all} 根 K 线",
  ],
  ["some", "若干"],
];
