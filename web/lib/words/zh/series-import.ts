/** The import of price series from CSV files. */
import type { Catalogue } from "../catalogue.ts";

export const seriesImport: Catalogue = {
  // Files, and what they are instead.
  "Choose files": "选择文件",
  "Import bars": "导入 K 线",
  "{name} could not be read. Is it a file, and still there?": "无法读取 {name}。它是文件吗？是否还在原处？",
  "{name} is empty.": "{name} 是空文件。",
  "{name} is a picture, not a table. Download the prices as a CSV file instead.":
    "{name} 是图片，不是表格。请改为下载价格的 CSV 文件。",
  "{name} is a PDF document, not a table. Download the prices as a CSV file instead.":
    "{name} 是 PDF 文档，不是表格。请改为下载价格的 CSV 文件。",
  "{name} is a picture or a recording, not a table.": "{name} 是图片或音视频，不是表格。",
  "{name} is a spreadsheet in the old Excel format. Open it, choose “Save as” and CSV, and drop the file that comes out.":
    "{name} 是旧版 Excel 表格。请打开后“另存为”CSV，再拖入另存的文件。",
  "{name} is a spreadsheet’s workbook. Open it, choose “Save as” (or “Download”) and CSV, and drop the file that comes out.":
    "{name} 是电子表格工作簿。请打开后“另存为”（或“下载”）CSV，再拖入得到的文件。",
  "{name} is compressed (gzip). Unpack it, and drop the file that comes out.":
    "{name} 是 gzip 压缩文件。请解压后拖入得到的文件。",
  "{name} is an archive (7z). Unpack it, and drop the CSV file in it.":
    "{name} 是 7z 压缩包。请解压后拖入其中的 CSV 文件。",
  "{name} is an archive (RAR). Unpack it, and drop the CSV file in it.":
    "{name} 是 RAR 压缩包。请解压后拖入其中的 CSV 文件。",
  "{name} is a ZIP archive. Unpack it, and drop the CSV file in it.":
    "{name} 是 ZIP 压缩包。请解压后拖入其中的 CSV 文件。",
  "{name} is a Parquet file. Write it as CSV, in pandas with to_csv, and drop that file.":
    "{name} 是 Parquet 文件。请转为 CSV（pandas 用 to_csv）后拖入。",
  "{name} is an HDF5 file. Write its table as CSV, in pandas with to_csv, and drop that file.":
    "{name} 是 HDF5 文件。请将其中的表转为 CSV（pandas 用 to_csv）后拖入。",
  "{name} is a database (SQLite). Export its table as CSV.":
    "{name} 是 SQLite 数据库。请将其中的表导出为 CSV。",
  "{name} is not text: it has bytes that no text has. Save the prices as CSV in UTF-8, and drop that file.":
    "{name} 不是文本，含有文本中不会出现的字节。请将价格存为 UTF-8 编码的 CSV 后拖入。",
  "UTF-16 (big-endian)": "UTF-16（大端序）",
  "GB18030 (Chinese)": "GB18030（中文）",
  "Windows-1252 (Western European)": "Windows-1252（西欧）",
  "Windows-1250 (Central European)": "Windows-1250（中欧）",

  // The dialog.
  "File {number} of {of}.": "第 {number} 个文件，共 {of} 个。",
  "Read as {encoding}.": "编码：{encoding}。",
  "Nothing is stored yet.": "尚未入库。",
  "Only {instrument} is taken from this file.": "此文件中只导入 {instrument}。",
  "Choose another": "另选一个",
  "The file is sent again by itself.": "稍后会自动重新发送文件。",
  "Sending the file": "正在发送文件",
  "Checking the file": "正在检查文件",
  "Adds to {series} ({extent}). Its dates are read in {timezone}.":
    "并入 {series}（{extent}）。日期按 {timezone} 时区读取。",
  "{n} bars, {from} to {to}": "{n} 根 K 线，{from} 至 {to}",
  "Give the series a symbol below.": "请在下方填写序列代码。",
  "Makes a new series, {symbol}.": "新建序列 {symbol}。",

  // What the file does not tell.
  "What the series is found by": "用于查找序列",
  "Of the exchange. Empty: UTC": "交易所所在时区；留空为 UTC",
  "Dates are written as": "日期格式",
  "As the file tells": "由文件自动识别",
  "Another form, spelled in letters": "其他格式，用字母表示",
  "The form in letters": "字母格式",
  "y year, M month (MMM by name), d day, H hour (h with a for am and pm), m minute, s second, Z zone: {example}":
    "y 年，M 月（MMM 为英文月名），d 日，H 小时（12 小时制用 h 加 a），m 分，s 秒，Z 时区，例如 {example}",
  "Day first: {example}": "日在前：{example}",
  "Month first: {example}": "月在前：{example}",
  "Year first: {example}": "年在前：{example}",
  "Day first, short year: {example}": "日在前，两位年份：{example}",
  "Month first, short year: {example}": "月在前，两位年份：{example}",
  "Short year first: {example}": "年在前，两位年份：{example}",
  "Digits: {example}": "纯数字：{example}",
  "Digits, day first: {example}": "纯数字，日在前：{example}",
  "Digits, month first: {example}": "纯数字，月在前：{example}",

  // What was put aside.
  "Go on with {file}": "继续处理 {file}",
  "Discard {n} files": "放弃 {n} 个文件",

  // Which column is which.
  Columns: "列",
  Column: "列",
  "Column {number} is": "第 {number} 列是",
  "column|{name} is": "{name} 是",
  "Drag {role} onto another column": "将“{role}”拖到另一列",
  "Passed over": "忽略",
  "Passed over: {columns}": "已忽略：{columns}",
  Date: "日期",
  "Date or time": "日期或时间",
  "Time of day": "时刻",
  Instrument: "证券",
  "All prices": "所有价格",
  "All four prices": "四个价格",
  "Not read yet": "尚未识别",
  "Several things": "多种用途",
  "{list} and {last}": "{list}和{last}",
  "{sentence}.": "{sentence}。",
  "Say which column has: {columns}": "请指定对应的列：{columns}",
  "First rows": "前几行",
  "First rows of the file": "文件的前几行",
  "The header and its columns are found by themselves. Name them yourself":
    "表头和各列会自动识别，也可手动指定",
  "The header": "表头",
  "is found by itself": "自动识别",
  "There is none": "没有表头",
  "is line {line}: {cells}": "第 {line} 行：{cells}",
  "have columns of their own": "各有一列",
  "by its name": "按列名识别",

  // What is asked, or wrong.
  "This file holds several instruments, and a series holds one. Which one is it?":
    "此文件含多个证券，而一个序列只含一个。导入哪一个？",
  "This file seems to begin with its first bar, without a header.": "此文件似乎没有表头，首行就是 K 线。",
  "Its first line is: {line}": "首行内容：{line}",
  "Say which column is which": "指定各列",
  "These dates can be read in several ways. Which is right?": "这些日期有多种读法，哪种正确？",
  "These dates begin with the day or the month. Which?": "这些日期以日还是月开头？",
  "The first of them is {cell}": "其中第一个是 {cell}",
  "The file cannot be read like this": "无法按此方式读取文件",
  "This is too much at once": "一次发送的内容过多",
  "The file was not checked": "文件未能检查",
  "Choose one": "请选择",
  "Choose one of {count}": "共 {count} 项，请选择",

  // What it would do, or did.
  "Rows read": "读取行数",
  Added: "已新增",
  "To add": "待新增",
  Updated: "已更新",
  "To update": "待更新",
  "Known already": "已有",
  Rejected: "已拒绝",
  "course|Stored": "已入库",
  "In the file": "文件中",
  "The closes of the file": "文件中的收盘价",
  "The closes that are stored, and those of the file": "已入库与文件中的收盘价",
  "Worth a look": "值得留意",
  "{n} rows left out": "{n} 行未导入",
  "file|Line": "行号",
  "What is wrong": "问题",
  "and {n} more": "另有 {n} 处",
  "The price jumps by more than 30% {n} times": "价格有 {n} 次超过 30% 的跳变",
  "{time}: {change}, from {before} to {after}": "{time}：{change}，从 {before} 到 {after}",
  "{time}: {change}, from {before} to {after}, like a split of {ratio} for 1":
    "{time}：{change}，从 {before} 到 {after}，近似 1 拆 {ratio}",
  "{time}: {change}, from {before} to {after}, like a split of 1 for {ratio}":
    "{time}：{change}，从 {before} 到 {after}，近似 {ratio} 合 1",
  "{n} stored bars would change": "{n} 根已入库的 K 线将被修改",
  "Stored bars that would change": "将被修改的已入库 K 线",
  Bar: "K 线",
  "and {n} more bars": "另有 {n} 根 K 线",

  // The end.
  "Change {n} bars of {series} that are stored already": "修改 {series} 中 {n} 根已入库的 K 线",
  Import: "导入",
  "Importing…": "正在导入…",
  "Import {n} rows": "导入 {n} 行",
  "Skip this file": "跳过此文件",
  Discard: "放弃",
  "All of it is stored already: there is nothing to import.": "内容均已入库，无需导入。",
  "Stored as {symbol}.": "已存为 {symbol}。",
  "Next file": "下一个文件",
  "Open the series": "打开序列",
  "Train on it": "用它训练",
};
