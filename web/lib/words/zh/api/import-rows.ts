/** What reading a price file says of its dates and rows: problems, what a file settled, and what deserves a look. */
import type { SaidTemplate } from "../../said.ts";

export const importRows: readonly SaidTemplate[] = [
  // Dates.
  ["the date is missing", "缺少日期"],
  ['{"text} is not a date: it has {#n} characters', "{text} 不是日期：它有 {n} 个字符"],
  ['{"text} is not a time of day such as 15:30 or 153000', "{text} 不是时刻，例如 15:30 或 153000"],
  [
    "{\"text} does not exist in {=zone}, where clocks went forward: is that the file's zone?",
    "{text} 在 {zone} 不存在（当时时钟拨快）：文件用的是这个时区吗？",
  ],
  [
    '{"text} is not a date that can be read: write it as 2020-04-24, or name the form of the dates',
    "{text} 不是可识别的日期：请写成 2020-04-24，或选择日期的写法",
  ],
  [
    '{"text} is not a day of the calendar, with the {part} first as in the rest of the file',
    "{text} 不是日历上的日期（与文件其余部分一样，{part}在前）",
  ],
  ['{"text} is outside the years {#first} to {#last}', "{text} 超出 {first} 至 {last} 年的范围"],
  ['{"text} is not a day of the calendar', "{text} 不是日历上的日期"],
  ['{"text} has a time of day that no clock shows', "{text} 中的时刻不存在"],
  [
    '{"text} begins with the day: the form of the dates is to be named, {"form}',
    "{text} 以日开头。请在“日期的写法”中选择 {form}",
  ],
  [
    '{"text} begins with the month: the form of the dates is to be named, {"form}',
    "{text} 以月开头。请在“日期的写法”中选择 {form}",
  ],
  [
    '{"text} may begin with the day or the month: the form of the dates is to be named, {"one} or {"other}',
    "{text} 可能以日或月开头。是哪一种？请在“日期的写法”中选择 {one} 或 {other}",
  ],
  ['{"text} is not a date of the form {"form}', "{text} 不符合日期写法 {form}"],
  [
    'the dates contradict each other: {"day} in line {#a} begins with the day, {"month} in line {#b} with the month. Write all of them as 2020-04-24',
    "日期互相矛盾：第 {a} 行的 {day} 以日开头，第 {b} 行的 {month} 以月开头。请全部写成 2020-04-24",
  ],
  [
    'the dates are read with the {part} first, because {"text} in line {#line} can be nothing else',
    "日期按{part}在前读取，因为第 {line} 行的 {text} 只能如此",
  ],
  [
    "the dates are a spreadsheet's day numbers: 45383 is 2024-04-01",
    "日期是电子表格的天数序号：45383 即 2024-04-01",
  ],
  [
    "the times are numbers, read as {unit} since 1970 in UTC",
    "时间是数字，按自 1970 年（UTC）起的{unit}读取",
  ],
  [
    "the times are numbers, read as {unit} and {other}, told apart by their digits since 1970 in UTC",
    "时间是数字，按自 1970 年（UTC）起的{unit}和{other}读取（按位数区分）",
  ],
  ["seconds", "秒"],
  ["milliseconds", "毫秒"],
  ["microseconds", "微秒"],
  ["nanoseconds", "纳秒"],
  ["day", "日"],
  ["month", "月"],
  ["year", "年"],
  ["hour", "时"],
  ["minute", "分"],
  ["second", "秒"],
  ["fraction", "小数秒"],
  ["half", "上午或下午"],
  ["zone", "时区"],
  [
    '{"named} cannot be the form of these dates: {"text} in line {#line} is one only with day and month the other way round',
    "{named} 不可能是这些日期的写法：第 {line} 行的 {text} 只有日月对调才是日期",
  ],
  [
    'the form of the dates must be a Luxon pattern with year, month and day such as "d/M/yyyy", got {"got}',
    '日期的写法必须用字母表示年、月、日，例如 "d/M/yyyy"，实际为 {got}',
  ],
  [
    'the form of the dates must be a Luxon pattern with year, month and day such as "d/M/yyyy", got {"got}: {why}',
    '日期的写法必须用字母表示年、月、日，例如 "d/M/yyyy"，实际为 {got}：{why}',
  ],
  ["it has more than {#most} characters", "超过 {most} 个字符"],
  ["a quote in it is never closed", "其中的引号没有闭合"],
  [
    `{"token} is no part of a date. Text is put in quotes, such as yyyy-MM-dd'T'HH:mm`,
    `{token} 不是日期的组成部分。文字请放在引号中，例如 "yyyy-MM-dd'T'HH:mm"`,
  ],
  ["it names the {part} twice", "其中的{part}出现了两次"],
  ["between {.a} and {.b} nothing tells where one ends", '在 "{a}" 和 "{b}" 之间无法判断前者在哪里结束'],
  ["beside a (am, pm) the hour is h", '与 "a"（上午、下午）同用时，小时应写作 "h"'],
  [
    'timezone must be an IANA zone such as "America/New_York" or "UTC", got {"got}',
    '时区必须是 IANA 时区，例如 "America/New_York" 或 "UTC"，实际为 {got}',
  ],
  [
    '{=symbol} keeps its dates in {=zone}, and this import says {=said}: set timezone to {"again}',
    "{symbol} 的日期按 {zone} 保存，而本次导入用的是 {said}：请把时区选为 {again}",
  ],
  [
    "dates without a zone are read in the zone of the series, {=zone}",
    "未带时区的日期按序列的时区 {zone} 读取",
  ],
  [
    "dates without a zone are read as {=zone}, because no timezone is named",
    "未带时区的日期按 {zone} 读取，因为没有选择时区",
  ],
  [
    "the bars are days, each stored where its day begins in {=zone}",
    "K 线按天计，每根存于 {zone} 当天开始之时",
  ],
  [
    "an hour comes twice where clocks went back: its rows are read in the order of the file, the earlier hour first in time",
    "时钟拨慢时有一个小时重复：按文件中的顺序读取，先出现的在前",
  ],
  // Rows.
  ["line {#line}, {=column}: {problem}", "第 {line} 行“{column}”列：{problem}"],
  ["line {#line}: {problem}", "第 {line} 行：{problem}"],
  ["none of the {#n} rows can be used. {problems}", "{n} 行数据都无法使用。{problems}"],
  ["the value is missing", "缺少数值"],
  ['the value is missing: {"cell}', "缺少数值：{cell}"],
  ['{"cell} is not a number', "{cell} 不是数字"],
  ['{"cell} is not a finite number', "{cell} 不是有限的数字"],
  [
    '{"cell} may mean thousands or a fraction: write it without separators of thousands',
    "{cell} 可能是千位分隔，也可能是小数：请去掉千位分隔符",
  ],
  ["the volume {#v} is negative", "成交量 {v} 为负"],
  [
    "the row has {#n} cells where the header has {#expected}: {why}",
    "该行有 {n} 个单元格，而表头有 {expected} 个：{why}",
  ],
  [
    "a quote in it is closed only in line {#line}, and took the lines in between along",
    "其中的引号到第 {line} 行才闭合，把中间各行也并了进去",
  ],
  ["is it cut off?", "是否被截断？"],
  ["a value that contains the delimiter must be quoted", "含有分隔符的值必须加引号"],
  ["a quote that opens here is never closed, and {rest}", "这里开始的引号没有闭合，{rest}"],
  ["nothing after it could be read", "其后的内容都无法读取"],
  ["the {#n} lines after it could not be read", "其后的 {n} 行无法读取"],
  ["the {#n} line after it could not be read", "其后的 {n} 行无法读取"],
  ["the high {#high} is below the low {#low}", "最高价 {high} 低于最低价 {low}"],
  ["the {price} {#a} is above the high {#high}", "{price} {a} 高于最高价 {high}"],
  ["the {price} {#a} is below the low {#low}", "{price} {a} 低于最低价 {low}"],
  [
    "the {price} is 0, and the {other} is {#value}: 0 is no price here",
    "{price}为 0，而{other}为 {value}：0 在这里不是价格",
  ],
  [
    "all prices are 0, and those of other rows are not: 0 is no price here",
    "所有价格都是 0，而其他行不是：0 在这里不是价格",
  ],
  ["{.day} is the day of line {#line} already", "{day} 已是第 {line} 行的日期"],
  ['{"text} is the time of line {#line} already', "{text} 已是第 {line} 行的时间"],
  // What deserves a look.
  [
    "the close goes from {#before} to {#after} at {.when}, by a factor of {#factor}",
    "收盘价在 {when} 从 {before} 变为 {after}，为 {factor} 倍",
  ],
  [
    "the close goes from {#before} to {#after} at {.day} {.clock}, by a factor of {#factor}",
    "收盘价在 {day} {clock} 从 {before} 变为 {after}，为 {factor} 倍",
  ],
  ["and {#n} more jumps like a split", "另有 {n} 处类似拆股的跳变"],
  ["there is no bar for {#days} days, from {.from} to {.to}", "从 {from} 到 {to}，有 {days} 天没有 K 线"],
  ["and {#n} more long gaps", "另有 {n} 处较长的缺口"],
  ["all {#n} bars are the same: there is nothing to learn from", "全部 {n} 根 K 线都相同：没有可学的内容"],
  ["{#n} bars in a row are the same, from {.when}", "自 {when} 起连续 {n} 根 K 线相同"],
  ["{#n} bars in a row are the same, from {.day} {.clock}", "自 {day} {clock} 起连续 {n} 根 K 线相同"],
  ["and {#n} more such runs", "另有 {n} 段同样的情形"],
  // To a series that is there.
  [
    "{=symbol} has several bars a day, and this file has one: import it under another symbol",
    "{symbol} 每天有多根 K 线，而这个文件每天一根：请用另一个代码导入",
  ],
  [
    "{=symbol} has one bar a day, and this file has several: import it under another symbol",
    "{symbol} 每天一根 K 线，而这个文件每天有多根：请用另一个代码导入",
  ],
  [
    "{=symbol} has one bar a day, and this file has two of {.day}: leave one out",
    "{symbol} 每天一根 K 线，而这个文件在 {day} 有两根：请去掉一根",
  ],
  [
    "which day each bar is of cannot be told: {=symbol} is kept in {.zone} with its days at {.usual}, and this file has them at {.own}. Write the dates as the series has them, or import the file under another symbol with the exchange's timezone",
    "无法判断各根 K 线属于哪一天：{symbol} 按 {zone} 保存，每天记在 {usual}，而这个文件记在 {own}。请按序列的方式写日期，或以交易所时区、用另一个代码导入",
  ],
  // What the series is called.
  [
    'symbol must have 1 to {#most} letters, digits and signs such as . - ^ = / :, got {"got}',
    "代码须为 1 到 {most} 个字母、数字或符号（如 . - ^ = / :），实际为 {got}",
  ],
  [
    'currency must be three letters such as USD (ISO 4217), got {"got}',
    "货币必须是三个字母，例如 USD（ISO 4217），实际为 {got}",
  ],
];
