/** Refusals because of what is stored, limits, what is away for a moment, and the doors of the server. */
import type { SaidTemplate } from "../../said.ts";

export const stored: readonly SaidTemplate[] = [
  // What is not there.
  ["there is no price series {=id}", "没有价格序列 {id}"],
  ["there is no run {=id}", "没有运行 {id}"],
  ["there is no experiment {=id}", "没有实验 {id}"],
  ["there is no schedule {=id}", "没有定时训练 {id}"],
  ["there is no price series with the id {=id}", "没有标识为 {id} 的价格序列"],
  ["there is no run with the id {=id}", "没有标识为 {id} 的运行"],
  ["there is no experiment with the id {=id}", "没有标识为 {id} 的实验"],
  ["there is no schedule with the id {=id}", "没有标识为 {id} 的定时训练"],
  ["there is no {=what} with the id {=id}", "没有标识为 {id} 的对象（{what}）"],
  ["the run {=id} is there no more", "运行 {id} 已不存在"],
  ["the run {=id} was deleted", "运行 {id} 已被删除"],
  ["the price series {=id} is there no more", "价格序列 {id} 已不存在"],
  [
    "these bars are there no more: their series or version was deleted",
    "这些 K 线已不存在：其序列或版本已被删除",
  ],
  [
    "{=symbol} has no version {#version}: its versions are those that runs were trained on, and the newest {#kept}",
    "{symbol} 没有版本 {version}：保留的只有运行用过的版本和最新的 {kept} 个",
  ],
  ["priceSeries needs an id or a symbol, got neither", "查找价格序列需要标识或代码，两者都没有"],
  // Runs.
  [
    "at most {#most} runs may wait for a worker, and {#waiting} do: cancel some, or come back when some have begun",
    "最多 {most} 个运行可以排队，现已有 {waiting} 个：请取消一些，或等其中一些开始后再来",
  ],
  [
    "at most {#most} runs may wait for a worker: {#waiting} do, and these would be {#more} more",
    "最多 {most} 个运行可以排队：现已有 {waiting} 个，再加上这些就多出 {more} 个",
  ],
  [
    "engine must be one that a worker can run ({offered}), got {asked}, which is not available: {why}",
    "引擎必须是工作进程能用的（{offered}），实际为 {asked}，它不可用：{why}",
  ],
  [
    "only a cancelled run can be resumed, and this one is {status}",
    "只有已取消的运行才能恢复，而这个的状态是“{status}”",
  ],
  [
    "no epoch of the run was trained, so there is nothing to go on from: run it again instead",
    "这次运行一轮也没有训练，无从继续：请重新运行",
  ],
  [
    "the run's checkpoint was cleaned away, so it cannot go on after epoch {#epoch}: run it again instead",
    "这次运行的检查点已被清理，无法从第 {epoch} 轮之后继续：请重新运行",
  ],
  [
    "the worker that had the run has not let go of it yet: try again in some seconds",
    "原来的工作进程尚未放开这次运行：请过几秒再试",
  ],
  [
    "only a run that waits has a place in the queue, and {=name} is {status}: its priority changes nothing",
    "只有排队的运行才有先后，{name} 的状态是“{status}”：改变优先级没有作用",
  ],
  [
    "{=name} ({.id}) is training: cancel first, then delete. Nothing was deleted",
    "{name}（{id}）正在训练：请先取消再删除。什么都没有删除",
  ],
  [
    "{=name} ({.id}) and {#n} more are training: cancel first, then delete. Nothing was deleted",
    "{name}（{id}）和另外 {n} 个正在训练：请先取消再删除。什么都没有删除",
  ],
  [
    "the runs hold too much to be deleted within {#s} s, and none was deleted: ask for fewer at a time",
    "这些运行的数据太多，无法在 {s} 秒内删除，一个都没有删除：请分批进行",
  ],
  [
    "input.name is for one run, got {#n} ids: name them one by one",
    "名称一次只能给一个运行，实际有 {n} 个：请逐个命名",
  ],
  [
    "a run has at most {#most} tags, and {=name} would have {#n}: remove some of them. Nothing was changed",
    "一个运行最多 {most} 个标签，而 {name} 会有 {n} 个：请去掉一些。什么都没有改动",
  ],
  [
    "this run was scored before other forecasters could stand beside it: train it again",
    "这次运行评分时还不能与其他预测者并列：请重新训练",
  ],
  [
    'idempotencyKey {"key} was used by another request, which started {=what}: repeat that request unchanged, or take a new key',
    "表单的标识 {key} 已被另一个请求用过，它启动了 {what}：请原样重发那个请求，或换一个标识",
  ],
  ["another run has the idempotency key {=key}", "另一个运行已有标识 {key}"],
  ["another experiment has the idempotency key {=key}", "另一个实验已有标识 {key}"],
  // Series.
  [
    "1 run is trained on this series, or with it beside another, or to be: delete it first, or set withRuns to delete all together",
    "有 1 个运行用到或将用到这个序列，会一并删除",
  ],
  [
    "{#n} runs are trained on this series, or with it beside another, or to be: delete them first, or set withRuns to delete all together",
    "有 {n} 个运行用到或将用到这个序列，会一并删除",
  ],
  ["1 run is being trained on this series: cancel it first", "有 1 个运行正在用这个序列训练：请先取消"],
  [
    "{#n} runs are being trained on this series: cancel them first",
    "有 {n} 个运行正在用这个序列训练：请先取消",
  ],
  ["another series has the symbol {=symbol} already", "另一个序列已使用代码 {symbol}"],
  // Forecasts.
  [
    "a forecast needs the last {#needed} bars with {fields} in each, and of the series' newest version only the last {#has} have that: import what lacks, or go back to an earlier version",
    "预测需要最后 {needed} 根 K 线都有{fields}，而序列的最新版本只有最后 {has} 根满足：请导入所缺数据，或退回较早的版本",
  ],
  [
    "the network of run {=id} is {#age} bars old, and its schedule lets it forecast for {#expiry}: ask the schedule's champion if it is another, or train again",
    "运行 {id} 的网络已有 {age} 根 K 线之久，而其定时训练只允许预测 {expiry} 根：请改用定时训练的当前最优运行，或重新训练",
  ],
  [
    "forecaster must be one that can be asked about bars to come, got {forecaster}: its numbers came once, for bars that were there",
    "预测者必须能预测未来的 K 线，实际为“{forecaster}”：它的数值是针对已有 K 线一次性给出的",
  ],
  [
    "forecaster must be one that forecasts a variance: {=choices}; got {forecaster}",
    "预测者必须能预测方差：{choices}；实际为“{forecaster}”",
  ],
  [
    "forecaster must be one that forecasts this series: {=choices}; got {forecaster}",
    "预测者必须能预测这个序列：{choices}；实际为“{forecaster}”",
  ],
  [
    "{~field} must be a whole number from {#least} to {#most}, got {=got}",
    "{field}必须是 {least} 到 {most} 的整数，实际为 {got}",
  ],
  [
    "{~field} must be a whole number from {#least} to {#most} (the run's horizon), got {=got}",
    "{field}必须是 {least} 到 {most}（预测步数）的整数，实际为 {got}",
  ],
  [
    "{~field} must be a whole number of at least {#least}, got {=got}",
    "{field}必须是不小于 {least} 的整数，实际为 {got}",
  ],
  ["from must not be after to, got {.from} and {.to}", "起始时间不能晚于结束时间，实际为 {from} 和 {to}"],
  ["after must be a cursor of an earlier page, and this is none", "页码位置无效"],
  // Schedules.
  [
    "at most {#most} schedules may be kept, and {#kept} are: end some",
    "最多保留 {most} 个定时训练，现已有 {kept} 个：请结束一些",
  ],
  [
    "a schedule must go by everyBars or by cron, got neither",
    "定时训练须按间隔 K 线数或定时表达式进行，两者都没有",
  ],
  [
    "a schedule must go by everyBars or by cron, got both",
    "定时训练只能按间隔 K 线数或定时表达式之一进行，两者都有",
  ],
  [
    'cron must be five fields of UTC, minute hour day month weekday, such as "0 22 * * 1-5", got {"got}: {=why}',
    '定时表达式须为五段 UTC：分 时 日 月 星期，例如 "0 22 * * 1-5"，实际为 {got}',
  ],
  // For a moment.
  [
    "the server has more to do than connections to its database: try again in a moment",
    "服务器繁忙，数据库连接不够用：请稍后再试",
  ],
  ["the database does not answer just now: try again in a moment", "数据库暂时没有响应：请稍后再试"],
  ["{shortage}: nothing new can be stored until it has", "{shortage}：在恢复之前无法保存新内容"],
  ["the database has no space left", "数据库没有剩余空间"],
  ["the database has no memory left", "数据库没有剩余内存"],
  ["the database is at a limit of its configuration", "数据库已达到其配置的上限"],
  ["the database cannot read or write its files", "数据库无法读写文件"],
  [
    "the server's disk has no room for this file just now: try again later, or import it in parts",
    "服务器磁盘暂时放不下这个文件：请稍后再试，或分几次导入",
  ],
  [
    "Something went wrong on the server. Its log has the details under the id {.id}.",
    "服务器出错。详情见其日志，编号 {id}。",
  ],
  [
    "Something went wrong on the server. Its log has the details under the id {.id}",
    "服务器出错。详情见其日志，编号 {id}",
  ],
  ["the server stops", "服务器正在停止"],
  ["the server stops: no price file is read any more", "服务器正在停止：不再读取价格文件"],
  // Limits and doors.
  [
    "an address may ask {#n} times a second on average: wait, and ask again",
    "每个地址平均每秒最多请求 {n} 次：请稍候再试",
  ],
  [
    "an address may hold {#n} connections at a time: close some, and try again",
    "每个地址最多同时保持 {n} 个连接：请关闭一些再试",
  ],
  [
    "{#n} large imports are under way already: try again in some seconds",
    "已有 {n} 个大型导入正在进行：请过几秒再试",
  ],
  [
    "an operation may ask for at most {=most} points, got {=got}: set a smaller first or maxPoints, or ask in several operations",
    "一次请求的数据量超出上限（最多 {most}，实际 {got}）：请减少数量",
  ],
  [
    "a socket may have at most {#n} operations at a time: complete some, or open another",
    "一个连接最多同时进行 {n} 个操作：请先结束一些",
  ],
  [
    "a subscription may keep variables of {#most} characters, got {#got}",
    "订阅的参数最多 {most} 个字符，实际有 {got} 个",
  ],
  [
    "a request must be at most {#most} bytes, got {#got}: send the rows in parts",
    "一次请求最多 {most} 字节，实际为 {got} 字节：请分几次发送",
  ],
  [
    "the page was opened at {=page}, but the server was asked as {=asked}: if a proxy serves it at that address, set PUBLIC_URL to it; the Origin header must name the host that serves the page",
    "页面是在 {page} 打开的，而请求发往 {asked}：如果由代理在该地址提供服务，请把 PUBLIC_URL 设为它；Origin 请求头必须是提供页面的主机",
  ],
  [
    'this server does not go by the name {"name}: if it should, add that name to the setting ALLOWED_HOSTS, or set PUBLIC_URL to the address that a proxy serves it at',
    "这台服务器不使用名称 {name}：如果应当使用，请把它加入设置 ALLOWED_HOSTS，或把 PUBLIC_URL 设为代理提供服务的地址",
  ],
];
